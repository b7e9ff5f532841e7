import type { Rules } from "./rule.ts";
import { refuse } from "./sqlite-expressions.ts";

/** SQLite's statements that neither query, change nor define. */
export const SQLITE_COMMANDS: Rules<
  "transaction" | "pragma" | "attach" | "detach" | "maintain" | "explain"
> = {
  transaction: [
    "action lock :transaction name",
    (node) => {
      const { action, name } = node;
      if (/PREPARE/.test(action)) refuse(action);
      return /^(?:BEGIN|COMMIT|ROLLBACK)$/.test(action)
        ? { ...node, transaction: name, name: null }
        : { ...node, transaction: null };
    },
  ],
  pragma: [
    "PRAGMA name =_value (argument)",
    ({ name, form, value }) =>
      form === "()" ? { name, value: null, argument: value } : { name, value, argument: null },
  ],
  attach: "ATTACH file AS schema :key",
  detach: "DETACH schema",
  maintain: "action name :into",
  explain: "EXPLAIN queryPlan statement",
};
