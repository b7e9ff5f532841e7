import type { Grant, GrantRole } from "../ast/postgres-command.ts";
import { optionTexts } from "./postgres-schema.ts";
import type { Print, Rules } from "./rule.ts";

/** A REVOKE takes away the option alone; a GRANT gives it, too. */
function grantView(node: Grant): object {
  const { revoke, grantOption, privileges, roles, target } = node;
  return {
    ...node,
    grantOption: false,
    revoke: revoke ? "REVOKE" : "GRANT",
    option: revoke && grantOption ? "GRANT OPTION FOR" : "",
    target: target.startsWith("ALL ") ? `${target} IN SCHEMA` : target,
    privileges,
    to: revoke ? "" : roles,
    roles: revoke ? roles : "",
    withGrant: !revoke && grantOption ? "WITH GRANT OPTION" : "",
  };
}

function grantRoleView(node: GrantRole, print: Print): object {
  const { revoke, roles, options } = node;
  const [option] = options;
  return {
    ...node,
    revoke: revoke ? "REVOKE" : "GRANT",
    option: revoke && option ? print(option.name) : "",
    to: revoke ? "" : roles,
    roles: revoke ? roles : "",
    options: revoke ? "" : optionTexts(options, print),
  };
}

/** Privileges and owners. */
export const POSTGRES_PRIVILEGES: Rules<
  | "grant"
  | "grant-role"
  | "alter-default-privileges"
  | "privilege"
  | "routine"
  | "routine-argument"
  | "owned"
> = {
  grant: [
    `revoke option privileges ON target objects TO_to FROM_roles withGrant GRANTED_BY_grantedBy
      behavior`,
    grantView,
  ],
  "grant-role": [
    `revoke option_OPTION_FOR granted TO_to FROM_roles WITH_options GRANTED_BY_grantedBy behavior`,
    grantRoleView,
  ],
  "alter-default-privileges": "ALTER DEFAULT PRIVILEGES FOR_ROLE_roles IN_SCHEMA_schemas grant",
  privilege: ["name (columns)", (node) => ({ ...node, name: node.name ?? "ALL" })],
  routine: (node, print) =>
    print(node.name) + (node.parenthesised ? `(${print(node.arguments)})` : ""),
  "routine-argument": "mode name type",
  owned: [
    "verb OWNED BY roles TO_to behavior",
    (node) => ({ ...node, verb: node.to === null ? "DROP" : "REASSIGN" }),
  ],
};
