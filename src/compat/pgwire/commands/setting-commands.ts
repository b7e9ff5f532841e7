import type { Setting, SetTransaction } from "../../../sql/ast/postgres-command.ts";
import { notSupported } from "../errors.ts";
import type { Command } from "./command.ts";
import { readModes } from "./transaction-commands.ts";

/** Settings that have a syntax of their own and do not exist here. */
const REFUSED: Readonly<Record<string, string>> = {
  role: "ROLE",
  session_authorization: "SESSION AUTHORIZATION",
  xmloption: "XML OPTION",
};

/** SET, RESET and SHOW in all their forms. */
export function readSetting(setting: Setting): Command {
  const { action, local } = setting;
  const name = setting.name?.text ?? null;
  if (action === "SHOW") return { kind: "show", name };
  const refused = REFUSED[name ?? ""];
  if (refused !== undefined)
    throw notSupported(`${action === "RESET" ? "RESET" : "SET"} ${refused}`);
  if (action === "RESET") return { kind: "reset", name };
  if (name === null || action === "SET FROM CURRENT") throw notSupported(action);
  const value = action === "SET" ? valueText(setting) : null;
  return { kind: "set", name, value, local };
}

/** One value or a list; a list is kept as its text, joined as Postgres joins it. */
function valueText({ values }: Setting): string {
  const texts = values.map((value) => {
    if (value.kind === "cast") throw notSupported("SET TIME ZONE INTERVAL");
    return value.kind === "string" ? value.value : value.text;
  });
  return texts.join(", ");
}

/** SET TRANSACTION, SET SESSION CHARACTERISTICS. */
export function readTransactionSetting(setting: SetTransaction): Command {
  if (setting.snapshot !== null) throw notSupported("SET TRANSACTION SNAPSHOT");
  const modes = readModes(setting.modes);
  return setting.session ? { kind: "set-defaults", modes } : { kind: "set-transaction", modes };
}
