import { type Attempt, differs, type Names, refused } from "../attempt.ts";

/** Reads of the engine's tables by their names, from every place of a statement. */
export function reads({ meta, vault, peek, notes }: Names): Attempt[] {
  return [
    refused("SELECT", `SELECT * FROM ${meta}`),
    refused("SELECT of one column", `SELECT value FROM ${meta} WHERE key = 'canary'`),
    refused("SELECT without columns", `SELECT count(*) FROM ${meta}`),
    refused("a rowid table", `SELECT rowid, secret FROM ${vault}`),
    refused("a view of the engine's", `SELECT * FROM ${peek}`),
    refused("with its schema", `SELECT * FROM main.${meta}`),
    refused("under an alias", `SELECT m.value FROM ${meta} AS m`),
    refused("EXPLAIN", `EXPLAIN SELECT * FROM ${meta}`),
    refused("EXPLAIN QUERY PLAN", `EXPLAIN QUERY PLAN SELECT * FROM ${meta}`),
    refused("TABLE in a compound", `SELECT a FROM t UNION SELECT value FROM ${meta}`),
    refused("EXCEPT", `SELECT value FROM ${meta} EXCEPT SELECT b FROM t`),
    refused("a scalar subquery", `SELECT (SELECT value FROM ${meta} LIMIT 1)`),
    refused("EXISTS", `SELECT EXISTS (SELECT 1 FROM ${meta})`),
    refused("IN a query", `SELECT 'canary' IN (SELECT key FROM ${meta})`),
    refused("IN a table", `SELECT ('canary', 1) IN ${meta}`),
    refused("IN a table by string", `SELECT ('canary', 1) IN '${meta}'`),
    refused("VALUES", `VALUES ((SELECT value FROM ${meta}))`),
    refused("WHERE", `SELECT * FROM t WHERE b < (SELECT max(value) FROM ${meta})`),
    refused("ORDER BY", `SELECT * FROM t ORDER BY (SELECT value FROM ${meta})`),
    refused("GROUP BY and HAVING", `SELECT b FROM t GROUP BY b HAVING (SELECT 1 FROM ${meta})`),
    refused("LIMIT", `SELECT * FROM t LIMIT (SELECT count(*) FROM ${meta})`),
    refused("OFFSET", `SELECT * FROM t LIMIT 1 OFFSET (SELECT count(*) FROM ${meta})`),
    refused("CASE", `SELECT CASE WHEN (SELECT 1 FROM ${meta}) THEN 1 ELSE 2 END`),
    refused("a function's argument", `SELECT length((SELECT value FROM ${meta}))`),
    refused("a window", `SELECT sum(a) OVER (ORDER BY (SELECT 1 FROM ${meta})) FROM t`),
    refused("FILTER", `SELECT count(*) FILTER (WHERE (SELECT 1 FROM ${meta})) FROM t`),
    refused("JOIN", `SELECT * FROM t JOIN ${meta} ON true`),
    refused("LEFT JOIN", `SELECT * FROM t LEFT JOIN ${meta} ON key = b`),
    refused("RIGHT JOIN", `SELECT * FROM t RIGHT JOIN ${meta} ON key = b`),
    refused("NATURAL JOIN", `SELECT * FROM t NATURAL JOIN ${meta}`),
    refused("a comma", `SELECT * FROM t, ${meta}`),
    refused("parentheses", `SELECT * FROM ((t), (${meta}))`),
    refused("a derived table", `SELECT * FROM (SELECT * FROM ${meta})`),
    refused("ON", `SELECT * FROM t x JOIN t y ON x.a = (SELECT count(*) FROM ${meta})`),
    refused("a common table", `WITH c AS (SELECT * FROM ${meta}) SELECT * FROM c`),
    refused(
      "a recursion",
      `WITH RECURSIVE c(x) AS (SELECT key FROM ${meta} UNION SELECT x FROM c) SELECT * FROM c`,
    ),
    refused("MATERIALIZED", `WITH c AS MATERIALIZED (SELECT * FROM ${meta}) SELECT * FROM c`),
    refused("a common table that is called so", `WITH ${meta} AS (SELECT 1) SELECT * FROM ${meta}`),
    refused(
      "a common table as the engine's trigger",
      `WITH "${notes}" AS (SELECT * FROM ${vault}) SELECT * FROM "${notes}"`,
    ),
    refused("json_each", `SELECT * FROM json_each((SELECT json_group_array(value) FROM ${meta}))`),
    refused("a column's table", `SELECT ${meta}.value FROM t`),
    refused("a column's schema and table", `SELECT main.${meta}.value FROM t`),
    refused("INDEXED BY", `SELECT * FROM ${meta} INDEXED BY sqlite_autoindex_${meta}_1`),
    refused("NOT INDEXED", `SELECT * FROM ${meta} NOT INDEXED`),
    refused("FOR SYSTEM_TIME", `SELECT * FROM ${meta} FOR SYSTEM_TIME AS OF 1`, "stopped"),
    refused("a bound value beside it", [[`SELECT * FROM ${meta} WHERE key = ?`, "canary"]]),
    differs("a second statement", `SELECT 1; SELECT * FROM ${meta}`, {
      shard: "invalid",
      embedded: "hidden",
      worker: "invalid",
    }),
  ];
}

/** The same names in every spelling that SQLite might take for them. */
export function spellings({ meta, root, prefix }: Names): Attempt[] {
  const upper = meta.toUpperCase();
  const mixed = [...meta].map((sign, i) => (i % 2 === 0 ? sign : sign.toUpperCase())).join("");
  const from: Readonly<Record<string, string>> = {
    "double quotes": `"${meta}"`,
    brackets: `[${meta}]`,
    backticks: `\`${meta}\``,
    "single quotes": `'${meta}'`,
    "upper case": upper,
    "mixed case": mixed,
    "quotes and upper case": `"${upper}"`,
    "a schema in quotes": `"main"."${meta}"`,
    "a schema as a string": `'main'.'${meta}'`,
    "a schema in brackets and spaces": `[main] . [${meta}]`,
    "a comment before": `/* x */${meta}`,
    "a comment behind": `${meta}/* x */`,
    "comments around the dot": `main/**/./**/${meta}`,
    "a line comment": `-- x\n${meta}`,
    "a comment without an end": `${meta} /* x`,
    "tabs and form feeds": `\t\f${meta}\f`,
    "a line break": `\r\n${meta}\r\n`,
    "an alias in quotes": `"${meta}" "x"`,
    "an alias as a string": `${meta} AS 'x'`,
    "temp as its schema": `temp.${meta}`,
  };
  const found = Object.entries(from).map(([name, source]) =>
    refused(`FROM with ${name}`, `SELECT * FROM ${source}`),
  );
  const nul = refused("a NUL inside of the name", `SELECT * FROM ${prefix}\0meta`, "invalid");
  return [
    ...found,
    refused("a byte order mark before", `\uFEFFSELECT * FROM ${meta}`),
    refused("semicolons before", `; ; SELECT * FROM ${meta}`),
    refused("a comment before all", `/**/-- x\nSELECT * FROM ${meta}`),
    refused("a word that is no statement", `EXPLAIN EXPLAIN SELECT * FROM ${meta}`),
    refused("broken syntax around it", `SELECT FROM WHERE ${meta} (`),
    refused("a string that never ends", `SELECT '' FROM ${meta} WHERE '`),
    refused("a full-width underscore", `SELECT * FROM "${meta.replace("_", "\uFF3F")}"`, "sqlite"),
    refused("a Cyrillic letter", `SELECT * FROM "${meta.replace("o", "\u043E")}"`, "sqlite"),
    refused("a zero-width space", `SELECT * FROM "${prefix}\u200Bmeta"`),
    refused("a long s", `SELECT * FROM "${meta.replace("s", "\u017F")}"`, "sqlite"),
    refused("a doubled quote in it", `SELECT * FROM "${prefix}""meta"`),
    refused("pieces of it", `SELECT * FROM "${root}" "_meta"`),
    refused("a concatenation as a table", `SELECT * FROM '${root}' || '_meta'`),
    { ...nul, outcome: { shard: "sqlite", embedded: "hidden", worker: "sqlite" } },
    {
      ...refused("a NUL before it", `SELECT 1 \0 FROM ${meta}`),
      outcome: { shard: "sqlite", embedded: "blind", worker: "sqlite" },
      rows: [[1]],
    },
    refused(
      "deep parentheses around it",
      `SELECT ${"(".repeat(90)}(SELECT value FROM ${meta})${")".repeat(90)}`,
    ),
    refused(
      "parentheses too deep for a tree",
      `SELECT ${"(".repeat(1100)}(SELECT value FROM ${meta})${")".repeat(1100)}`,
    ),
  ];
}
