import type { Copy, Fetch, Setting, SetTransaction } from "../ast/postgres-command.ts";
import { refuse } from "./postgres-expressions.ts";
import { optionTexts } from "./postgres-schema.ts";
import type { Print, Rules } from "./rule.ts";

function settingText(node: Setting, print: Print): string {
  const { action, local, values } = node;
  const name = print(node.name) || "ALL";
  const set = local ? "SET LOCAL" : "SET";
  switch (action) {
    case "SET":
      // A time zone alone may be an interval, and then in words of its own.
      return values.some(({ kind }) => kind === "cast")
        ? `${set} TIME ZONE ${print(values)}`
        : `${set} ${name} TO ${print(values)}`;
    case "SET DEFAULT":
      return `${set} ${name} TO DEFAULT`;
    case "SET FROM CURRENT":
      return `${set} ${name} FROM CURRENT`;
    case "RESET":
    case "SHOW":
      return `${action} ${name}`;
  }
}

function setTransactionView({ session, ...node }: SetTransaction): object {
  const words = session ? "SESSION CHARACTERISTICS AS TRANSACTION" : "TRANSACTION";
  return { ...node, words };
}

function copyView(node: Copy, print: Print): object {
  const { source, direction, file, options } = node;
  return {
    ...node,
    source: source.kind === "object-name" ? source : `(${print(source)})`,
    file: file ?? (direction === "FROM" ? "STDIN" : "STDOUT"),
    options: optionTexts(options, print),
  };
}

/** Postgres' statements that neither query, change nor define. */
export const POSTGRES_COMMANDS: Rules<
  | "transaction"
  | "transaction-mode"
  | "explain"
  | "setting"
  | "set-transaction"
  | "set-constraints"
  | "discard"
  | "notify"
  | "prepare"
  | "deallocate"
  | "declare-cursor"
  | "fetch"
  | "close-cursor"
  | "lock"
  | "upkeep-table"
  | "upkeep"
  | "reindex"
  | "checkpoint"
  | "load"
  | "call-procedure"
  | "copy"
> = {
  transaction: [
    "action name id modes AND_chain",
    (node) => {
      const { action, name } = node;
      if (name !== null && !/^(?:SAVEPOINT|RELEASE|ROLLBACK TO)$/.test(action)) {
        refuse(`${action} with a name`);
      }
      return { ...node, action: action === "PREPARE" ? "PREPARE TRANSACTION" : action };
    },
  ],
  "transaction-mode": "mode",
  explain: [
    "EXPLAIN (options) statement",
    (node, print) => ({ ...node, options: optionTexts(node.options, print) }),
  ],
  setting: settingText,
  "set-transaction": ["SET local words SNAPSHOT_snapshot modes", setTransactionView],
  "set-constraints": [
    "SET CONSTRAINTS names deferred",
    ({ names, deferred }) => ({
      names: names.length > 0 ? names : "ALL",
      deferred: deferred ? "DEFERRED" : "IMMEDIATE",
    }),
  ],
  discard: "DISCARD what",
  notify: ["action channel ,_payload", (node) => ({ ...node, channel: node.channel ?? "*" })],
  prepare: "PREPARE name (types) AS statement",
  deallocate: ["DEALLOCATE name", (node) => ({ ...node, name: node.name ?? "ALL" })],
  "declare-cursor": "DECLARE name binary sensitivity scroll CURSOR WITH_hold FOR query",
  fetch: [
    "verb direction count FROM cursor",
    ({ move, direction, count, cursor }: Fetch) => ({
      verb: move ? "MOVE" : "FETCH",
      direction,
      count: String(count ?? "ALL"),
      cursor,
    }),
  ],
  "close-cursor": ["CLOSE name", (node) => ({ ...node, name: node.name ?? "ALL" })],
  lock: "LOCK TABLE tables IN mode MODE nowait",
  "upkeep-table": "table (columns)",
  upkeep: [
    "action (options) tables USING_index",
    (node, print) => ({ ...node, options: optionTexts(node.options, print) }),
  ],
  reindex: [
    "REINDEX (options) target concurrently name",
    (node, print) => ({ ...node, options: optionTexts(node.options, print) }),
  ],
  checkpoint: "CHECKPOINT",
  load: "LOAD file",
  "call-procedure": "CALL call",
  copy: ["COPY source (columns) direction program file WITH_(options) :where", copyView],
};
