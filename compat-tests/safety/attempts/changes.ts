import { type Attempt, differs, type Names, refused } from "../attempt.ts";

/** Changes of the engine's rows, and ways to carry them out by a change of the user's. */
export function changes({ meta, vault, peek, watch }: Names): Attempt[] {
  return [
    refused("INSERT", `INSERT INTO ${meta} VALUES ('x', 1)`),
    refused("INSERT with columns", `INSERT INTO "${meta}" (key, value) VALUES ('x', 1)`),
    refused("INSERT by string", `INSERT INTO '${meta}' DEFAULT VALUES`),
    refused("INSERT OR REPLACE", `INSERT OR REPLACE INTO ${meta} VALUES ('format', 0)`),
    refused("REPLACE", `REPLACE INTO ${meta} VALUES ('format', 0)`),
    refused("INSERT into a view of the engine's", `INSERT INTO ${peek} VALUES (1, 2)`),
    refused("INSERT from a query", `INSERT INTO ${vault} SELECT a, b FROM t`),
    refused("INSERT from the engine's", `INSERT INTO u SELECT id, secret FROM ${vault}`),
    refused(
      "INSERT from a WITH",
      `WITH c AS (SELECT * FROM ${meta}) INSERT INTO u SELECT * FROM c`,
    ),
    refused("INSERT of a subquery", `INSERT INTO t VALUES (9, (SELECT value FROM ${meta}))`),
    refused(
      "INSERT RETURNING",
      `INSERT INTO t VALUES (9, 'x') RETURNING (SELECT value FROM ${meta})`,
    ),
    refused(
      "UPSERT",
      `INSERT INTO t VALUES (1, 'x') ON CONFLICT (a) DO UPDATE SET b = (SELECT value FROM ${meta})`,
    ),
    refused(
      "UPSERT WHERE",
      `INSERT INTO t VALUES (1, 'x') ON CONFLICT DO UPDATE SET b = 1 WHERE (SELECT 1 FROM ${meta})`,
    ),
    refused(
      "UPSERT into the engine's",
      `INSERT INTO ${meta} VALUES ('format', 0) ON CONFLICT DO UPDATE SET value = 0`,
    ),
    refused(
      "excluded under its name",
      `INSERT INTO t AS ${meta} VALUES (1, 'x') ON CONFLICT DO UPDATE SET b = ${meta}.b`,
    ),
    refused("UPDATE", `UPDATE ${meta} SET value = 0`),
    refused("UPDATE OR IGNORE", `UPDATE OR IGNORE ${meta} SET value = 0`),
    refused("UPDATE with its schema", `UPDATE main.'${meta}' SET value = 0`),
    refused("UPDATE of a rowid", `UPDATE ${vault} SET rowid = rowid + 1`),
    refused("UPDATE FROM", `UPDATE t SET b = m.value FROM ${meta} AS m`),
    refused(
      "UPDATE to a subquery",
      `UPDATE t SET b = (SELECT value FROM ${meta} WHERE key = 'canary')`,
    ),
    refused("UPDATE of a row value", `UPDATE t SET (a, b) = (SELECT 5, value FROM ${meta})`),
    refused("UPDATE WHERE", `UPDATE t SET b = 1 WHERE a IN (SELECT key FROM ${meta})`),
    refused("UPDATE RETURNING", `UPDATE t SET b = 1 RETURNING (SELECT value FROM ${meta})`),
    refused("DELETE", `DELETE FROM ${meta}`),
    refused("DELETE of one", `DELETE FROM [${meta}] WHERE key = 'canary'`),
    refused("DELETE WHERE", `DELETE FROM t WHERE b NOT IN (SELECT value FROM ${meta})`),
    refused(
      "DELETE RETURNING",
      `DELETE FROM t RETURNING a, (SELECT group_concat(value) FROM ${meta})`,
    ),
    refused(
      "DELETE through a WITH",
      `WITH c AS (SELECT key FROM ${meta}) DELETE FROM t WHERE b IN c`,
    ),
    refused("EXPLAIN DELETE", `EXPLAIN DELETE FROM ${meta}`),
    refused("TRUNCATE", `TRUNCATE ${meta}`),
    differs("UPDATE with LIMIT", `UPDATE ${meta} SET value = 0 ORDER BY key LIMIT 1`, {
      shard: "hidden",
      embedded: "hidden",
      worker: "hidden",
    }),
    refused("a target called as the trigger", `UPDATE ${watch} SET a = 1`),
    refused(
      "a change that OR FAIL leaves halfway",
      `INSERT OR FAIL INTO t SELECT 10, value FROM ${meta}`,
    ),
    refused("MERGE", `MERGE INTO ${meta} USING t ON true WHEN MATCHED THEN DELETE`),
  ];
}
