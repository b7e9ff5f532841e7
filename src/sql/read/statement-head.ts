import type { Statement } from "../ast/statement.ts";
import type { StatementClass, StatementKind } from "./statement-class.ts";

/** What the kind of a node says already: its command tag, what it is for, whether it only reads. */
export type Head = Pick<StatementClass, "command" | "kind" | "readonly">;

function heads<Each extends StatementKind>(
  kind: Each,
  readonly: boolean,
  commands: string,
): (readonly [string, Head])[] {
  return commands.split(",").map((pair) => {
    const [node = "", command = ""] = pair.trim().split(":");
    return [node, { command, kind, readonly }];
  });
}

/** By the kind of the node; the tags are those that Postgres answers. */
const HEADS: ReadonlyMap<string, Head> = new Map([
  ...heads("read", true, "query:SELECT"),
  ...heads(
    "write",
    false,
    "insert:INSERT, update:UPDATE, delete:DELETE, merge:MERGE, truncate:TRUNCATE TABLE, " +
      "call-procedure:CALL",
  ),
  ...heads(
    "ddl",
    false,
    "create-table:CREATE TABLE, create-index:CREATE INDEX, create-view:CREATE VIEW, " +
      "create-trigger:CREATE TRIGGER, create-virtual-table:CREATE VIRTUAL TABLE, " +
      "alter-table:ALTER TABLE, create-sequence:CREATE SEQUENCE, alter-sequence:ALTER SEQUENCE, " +
      "create-type:CREATE TYPE, create-domain:CREATE DOMAIN, create-schema:CREATE SCHEMA, " +
      "create-extension:CREATE EXTENSION, create-role:CREATE ROLE, alter-role:ALTER ROLE, " +
      "create-database:CREATE DATABASE, comment-on:COMMENT, " +
      "refresh-view:REFRESH MATERIALIZED VIEW, drop-role:DROP ROLE, drop-object:DROP, " +
      "alter-object:ALTER, alter-setting:ALTER, extension-member:ALTER EXTENSION, grant:GRANT, " +
      "grant-role:GRANT ROLE, alter-default-privileges:ALTER DEFAULT PRIVILEGES, owned:OWNED",
  ),
  ...heads("transaction", true, "transaction:TRANSACTION"),
  ...heads("pragma", true, "pragma:PRAGMA"),
  ...heads("attach", true, "attach:ATTACH, detach:DETACH"),
  ...heads("maintenance", false, "reindex:REINDEX, checkpoint:CHECKPOINT"),
  ...heads(
    "session",
    true,
    "setting:SET, set-transaction:SET, set-constraints:SET CONSTRAINTS, discard:DISCARD, " +
      "notify:NOTIFY, prepare:PREPARE, deallocate:DEALLOCATE, declare-cursor:DECLARE CURSOR, " +
      "fetch:FETCH, close-cursor:CLOSE CURSOR, lock:LOCK TABLE, load:LOAD",
  ),
]);

/** What a statement is for, as far as its head tells. */
export function headOf(statement: Statement): Head {
  switch (statement.kind) {
    case "drop":
      return { command: `DROP ${statement.object}`, kind: "ddl", readonly: false };
    case "maintain":
    case "upkeep":
      return { command: statement.action, kind: "maintenance", readonly: false };
    case "copy": {
      const reads = statement.direction === "TO";
      return { command: "COPY", kind: reads ? "read" : "write", readonly: reads };
    }
    case "transaction":
      return { command: statement.action, kind: "transaction", readonly: true };
    case "execute":
      // What was prepared is not known here.
      return { command: "EXECUTE", kind: "write", readonly: false };
    default:
      return HEADS.get(statement.kind) ?? { command: "", kind: "unknown", readonly: false };
  }
}
