import { type Attempt, blind, differs, type Names, refused } from "../attempt.ts";

const NONE = { rows: [] };

/** Pragmas that look at tables, as statements and as tables. */
export function pragmas(names: Names): Attempt[] {
  return [...statements(names), ...functions(names), ...computed(names), ...hiddenColumns(names)];
}

function statements({ meta, vault, automatic, byId }: Names): Attempt[] {
  return [
    refused("PRAGMA table_info", `PRAGMA table_info(${meta})`),
    refused("PRAGMA table_info by string", `PRAGMA table_info('${meta}')`),
    refused("PRAGMA table_info =", `PRAGMA table_info = "${meta}"`),
    refused("PRAGMA table_xinfo", `PRAGMA main.table_xinfo([${meta}])`),
    refused("PRAGMA table_list of one", `PRAGMA table_list(${meta})`),
    refused("PRAGMA index_list", `PRAGMA index_list(${vault})`),
    refused("PRAGMA index_info", `PRAGMA index_info(${byId})`),
    refused("PRAGMA index_info of SQLite's own", `PRAGMA index_info(${automatic})`),
    refused("PRAGMA index_xinfo of SQLite's own", `PRAGMA index_xinfo('${automatic}')`),
    refused("PRAGMA foreign_key_list", `PRAGMA foreign_key_list(${meta})`),
    refused("PRAGMA foreign_key_check", `PRAGMA foreign_key_check(${meta})`),
    refused("PRAGMA integrity_check", `PRAGMA integrity_check(${meta})`),
    refused("PRAGMA quick_check", `PRAGMA quick_check('${vault}')`),
    refused("PRAGMA with a comment", `PRAGMA/**/table_info/**/(/**/${meta}/**/)`),
    refused("a pragma that nobody knows", `PRAGMA nonsense(${meta})`),
    blind("PRAGMA table_list", "PRAGMA table_list"),
    blind("PRAGMA table_list of a schema", "PRAGMA main.table_list"),
    blind("PRAGMA table_list with a comment", "PRAGMA /* all */ table_list -- of them"),
    blind("PRAGMA foreign_key_check of all", "PRAGMA foreign_key_check", NONE),
    blind("PRAGMA index_list of a user's", "PRAGMA index_list(t)", NONE),
    blind("PRAGMA foreign_key_list of a user's", "PRAGMA foreign_key_list(t)", NONE),
    refused("REINDEX", `REINDEX ${vault}`),
    refused("REINDEX of an index", `REINDEX main.${byId}`),
    refused("REINDEX of SQLite's own", `REINDEX ${automatic}`),
    blind("REINDEX of all", "REINDEX"),
  ];
}

function functions({ meta, vault, automatic, byId }: Names): Attempt[] {
  return [
    refused("pragma_table_info", `SELECT * FROM pragma_table_info('${meta}')`),
    refused("pragma_table_info in quotes", `SELECT * FROM "pragma_table_info"("${meta}")`),
    refused("pragma_table_info as a string", `SELECT * FROM 'pragma_table_info'('${meta}')`),
    refused(
      "pragma_table_xinfo with a schema",
      `SELECT * FROM pragma_table_xinfo('${meta}', 'main')`,
    ),
    refused("pragma_index_list", `SELECT * FROM pragma_index_list('${vault}')`),
    refused("pragma_index_info", `SELECT * FROM pragma_index_info('${byId}')`),
    refused(
      "pragma_index_xinfo of SQLite's own",
      `SELECT * FROM pragma_index_xinfo('${automatic}')`,
    ),
    refused("pragma_foreign_key_list", `SELECT * FROM pragma_foreign_key_list('${meta}')`),
    refused("pragma_table_list of one", `SELECT * FROM pragma_table_list('${meta}')`),
    refused("IN a pragma", `SELECT ('x', 1) IN pragma_index_list('${vault}')`),
    refused("a pragma's view", [
      `CREATE VIEW mine AS SELECT * FROM pragma_table_info('${meta}')`,
      "SELECT * FROM mine",
    ]),
    refused("a pragma's trigger", [
      `CREATE TRIGGER mine AFTER INSERT ON t BEGIN INSERT INTO u SELECT name, 1 FROM pragma_table_info('${meta}'); END`,
      "INSERT INTO t VALUES (9, 'x')",
      "SELECT * FROM u",
    ]),
    blind("pragma_table_list", "SELECT * FROM pragma_table_list"),
    blind("pragma_table_list()", "SELECT * FROM pragma_table_list()"),
    blind(
      "pragma_table_list by name",
      `SELECT ncol FROM pragma_table_list WHERE name = '${meta}'`,
      NONE,
    ),
    blind("pragma_table_list of a user's", "SELECT name FROM pragma_table_list('t')", {
      rows: [["t"]],
    }),
    blind("pragma_table_info of a user's", "SELECT name FROM pragma_table_info('t')", {
      rows: [["a"], ["b"]],
    }),
  ];
}

/** Names that do not stand in the text. */
function computed(names: Names): Attempt[] {
  const { meta, vault, automatic, byId } = names;
  const name = names.computed(meta);
  const columns = (argument: string): string => `SELECT name FROM pragma_table_info(${argument})`;
  return [
    blind("||", columns(name), NONE),
    blind("|| in parentheses", columns(`(${name})`), NONE),
    blind("a parameter", [[columns("?"), meta]], NONE),
    blind("a numbered parameter", [[columns("?1"), meta]], NONE),
    blind("a named parameter", [[columns(":name"), meta]], NONE),
    blind("a parameter in upper case", [[columns("?"), meta.toUpperCase()]], NONE),
    blind("a parameter in pieces", [[columns("? || ?"), meta.slice(0, 4), meta.slice(4)]], NONE),
    blind("a blob", columns(`x'${names.hex(meta)}'`), NONE),
    blind("a cast blob", columns(`CAST(x'${names.hex(meta)}' AS TEXT)`), NONE),
    blind("a bound blob", [[columns("?"), new TextEncoder().encode(meta)]], NONE),
    blind("replace()", columns(`replace('@meta', '@', ${names.computed(names.prefix)})`), NONE),
    blind("substr()", columns(`substr('x' || ${name}, 2)`), NONE),
    blind("upper()", columns(`upper(${name})`), NONE),
    blind("printf()", columns(`printf('%s', ${name})`), NONE),
    blind("char()", columns(`char(${[...meta].map((sign) => sign.charCodeAt(0)).join()})`), NONE),
    blind("a NUL behind it", columns(`${name} || char(0) || 'x'`), NONE),
    blind("CASE", columns(`CASE WHEN 1 THEN ${name} END`), NONE),
    blind("a coin", columns(`CASE random() & 1 WHEN 0 THEN 'u' ELSE ${name} END || ''`)),
    blind("a collation", columns(`(${name}) COLLATE NOCASE`), NONE),
    blind("a subquery", columns(`(SELECT ${name})`), NONE),
    blind("a subquery's max", columns(`(SELECT max(x) FROM (SELECT ${name} AS x))`), NONE),
    blind("json", columns(`json_extract(json_array(${name}), '$[0]')`), NONE),
    blind("a column", `SELECT c.name FROM (SELECT ${name} AS n) x, pragma_table_info(x.n) c`, NONE),
    blind(
      "a column called v",
      `SELECT c.name FROM (SELECT ${name} AS v), pragma_table_info(v) c`,
      NONE,
    ),
    blind(
      "a joined column",
      `SELECT c.name FROM (SELECT ${name} AS n) JOIN pragma_table_xinfo(n) c`,
      NONE,
    ),
    blind(
      "a left join",
      `SELECT c.name FROM (SELECT ${name} AS n) LEFT JOIN pragma_table_info(n) c`,
      { rows: [[null]] },
    ),
    blind(
      "a column of a table",
      [`UPDATE t SET b = ${name}`, "SELECT c.name FROM t, pragma_table_info(t.b) c"],
      NONE,
    ),
    blind(
      "a common table",
      `WITH n(x) AS (SELECT ${name}) SELECT c.name FROM n, pragma_table_info(x) c`,
      NONE,
    ),
    blind(
      "a correlated subquery",
      `SELECT (SELECT group_concat(c.name) FROM pragma_table_info(n) c) FROM (SELECT ${name} AS n)`,
      { rows: [[null]] },
    ),
    blind("index_list", `SELECT * FROM pragma_index_list(${names.computed(vault)})`, NONE),
    blind("index_info", `SELECT * FROM pragma_index_info(${names.computed(byId)})`, NONE),
    blind(
      "index_xinfo of SQLite's own",
      `SELECT * FROM pragma_index_xinfo(${names.computed(automatic)})`,
      NONE,
    ),
    blind("table_list", `SELECT * FROM pragma_table_list(${name})`, NONE),
    blind("table_list by parameter", [["SELECT * FROM pragma_table_list(?)", meta]], NONE),
    blind(
      "table_list of a column",
      `SELECT l.* FROM (SELECT ${name} AS n) x, pragma_table_list(x.n) l`,
      NONE,
    ),
    blind(
      "table_list of a column that is NULL",
      "SELECT l.* FROM (SELECT NULL AS n) x, pragma_table_list(x.n) l",
    ),
    blind(
      "table_list of a query",
      `SELECT * FROM pragma_table_list((SELECT ${name} FROM sqlite_master))`,
      NONE,
    ),
    blind("foreign_key_list", `SELECT * FROM pragma_foreign_key_list(${name})`, NONE),
    blind("a view", [`CREATE VIEW mine AS ${columns(name)}`, "SELECT * FROM mine"], NONE),
    blind(
      "a view of a table's names",
      [
        "CREATE VIEW mine AS SELECT c.name FROM t, pragma_table_info(t.b) c",
        `UPDATE t SET b = ${name}`,
        "SELECT * FROM mine",
      ],
      NONE,
    ),
    blind(
      "a trigger",
      [
        "CREATE TRIGGER mine AFTER UPDATE ON t BEGIN INSERT INTO u SELECT name, 1 FROM pragma_table_info(NEW.b); END",
        `UPDATE t SET b = ${name}`,
        "SELECT * FROM u",
      ],
      NONE,
    ),
    blind(
      "in a change",
      [`INSERT INTO u SELECT name, 1 FROM pragma_table_info(${name})`, "SELECT * FROM u"],
      NONE,
    ),
    blind(
      "in RETURNING",
      `DELETE FROM t WHERE a = 1 RETURNING (SELECT group_concat(name) FROM pragma_table_info(${name}))`,
      { rows: [[null]] },
    ),
  ];
}

/** A pragma's argument is a hidden column, which other clauses can compare. */
function hiddenColumns(names: Names): Attempt[] {
  const name = names.computed(names.meta);
  const named = (rest: string): string => `SELECT p.* FROM pragma_table_info AS p ${rest}`;
  return [
    refused("WHERE arg", named(`WHERE arg = ${name}`), "unsupported"),
    refused("WHERE p.arg", named(`WHERE p."arg" = ${name}`), "unsupported"),
    refused("arg by parameter", [[named("WHERE arg = ?"), names.meta]], "unsupported"),
    refused("arg IN", named(`WHERE [arg] IN (${name})`), "unsupported"),
    refused(
      "USING (arg)",
      `SELECT * FROM (SELECT ${name} AS arg) JOIN pragma_table_info USING (arg)`,
      "unsupported",
    ),
    refused(
      "ON arg",
      `SELECT p.name FROM (SELECT ${name} AS n) JOIN pragma_table_info p ON p.arg = n`,
      "unsupported",
    ),
    refused(
      "arg of a function without one",
      `SELECT * FROM pragma_table_info() WHERE arg = ${name}`,
      "unsupported",
    ),
    refused(
      "arg in a view",
      [
        "CREATE VIEW mine AS SELECT arg, name FROM pragma_table_info",
        `SELECT name FROM mine WHERE arg = ${name}`,
      ],
      "unsupported",
    ),
    refused(
      "NATURAL JOIN by arg",
      `SELECT * FROM (SELECT ${name} AS arg) NATURAL JOIN pragma_table_info`,
      "unsupported",
    ),
    differs(
      "NATURAL JOIN by a table's arg",
      [
        "CREATE TABLE mine (arg)",
        `INSERT INTO mine VALUES (${name})`,
        "SELECT * FROM mine NATURAL JOIN pragma_table_info",
      ],
      // A Durable Object runs no such pragma without an argument.
      { shard: "blind", embedded: "blind", worker: "sqlite" },
      NONE,
    ),
    refused(
      "arg of table_list",
      `SELECT name FROM pragma_table_list WHERE arg = ${name}`,
      "unsupported",
    ),
    refused("rtreecheck", `SELECT rtreecheck(${name})`, "sqlite"),
  ];
}
