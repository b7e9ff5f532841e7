import { type Attempt, blind, differs, type Names, refused } from "../attempt.ts";

/** Virtual tables: their shadow tables, and the tables that they read by name. */
export function virtualTables({ meta, vault, prefix, root }: Names): Attempt[] {
  const create = (what: string): string => `CREATE VIRTUAL TABLE ${what}`;
  return [
    refused("fts5 under its name", create(`${prefix}mine USING fts5(a)`)),
    refused("fts5 whose shadows have its name", create(`${root} USING fts5(a)`)),
    refused("fts5 by string", create(`'${root}' USING fts5(a)`)),
    refused("rtree whose shadows have its name", create(`"${root}" USING rtree(id, a, b)`)),
    refused("fts5 content", [
      create(`mine USING fts5(value, content=${meta})`),
      "SELECT * FROM mine",
    ]),
    refused("fts5 content by string", [
      create(`mine USING fts5(value, content='${meta}')`),
      "SELECT * FROM mine",
    ]),
    refused("fts5 content in quotes", [
      create(`mine USING fts5(value, content="${meta}")`),
      "SELECT * FROM mine",
    ]),
    refused("fts5 content with spaces", [
      create(`mine USING fts5(value, content = '${vault}' )`),
      "SELECT * FROM mine",
    ]),
    refused("fts5 content, upper case", [
      create(`mine USING FTS5(value, CONTENT='${meta.toUpperCase()}')`),
      "SELECT * FROM mine",
    ]),
    refused("fts5 content behind a comment", create(`mine USING fts5(value, content=/**/${meta})`)),
    refused("fts5 content with its schema", create(`mine USING fts5(value, content=main.${meta})`)),
    refused(
      "fts5 content of the schema",
      [create("mine USING fts5(name, content='sqlite_schema')"), "SELECT name FROM mine"],
      "unsupported",
    ),
    refused(
      "fts4 content of the schema",
      [create('mine USING fts4(name, content = "SQLITE_master")'), "SELECT name FROM mine"],
      "unsupported",
    ),
    refused(
      "fts5 content of a pragma",
      [create("mine USING fts5(name, content=[pragma_table_list])"), "SELECT name FROM mine"],
      "unsupported",
    ),
    refused(
      "fts5 content of statistics",
      [create("mine USING fts5(tbl, content=/**/sqlite_stat1)"), "SELECT tbl FROM mine"],
      "unsupported",
    ),
    refused(
      "fts5 content of the pages",
      [
        create("mine USING fts5(name, content='dbstat', content_rowid=pageno)"),
        "SELECT name FROM mine",
      ],
      "unsupported",
    ),
    refused("fts5vocab", create(`mine USING fts5vocab('${prefix}x', 'row')`)),
    refused("fts5vocab of a schema", create(`mine USING fts5vocab(main, ${prefix}x, instance)`)),
    refused("fts4 content", [
      create(`mine USING fts4(content="${meta}", value)`),
      "SELECT * FROM mine",
    ]),
    refused("fts3tokenize", create(`mine USING fts3tokenize('${meta}')`)),
    refused("an unknown module", create(`mine USING nothing('${meta}')`)),
    refused("a table that becomes a shadow's", [
      create("mine USING fts5(a)"),
      `ALTER TABLE mine RENAME TO ${root}`,
    ]),
    blind(
      "fts5 of a user's table",
      [
        create("mine USING fts5(b, content='t', content_rowid='a')"),
        "INSERT INTO mine (mine) VALUES ('rebuild')",
        "SELECT rowid FROM mine WHERE mine MATCH 'two'",
      ],
      { rows: [[2]] },
    ),
    blind("fts5 fed with schema texts", [
      create("mine USING fts5(a)"),
      "INSERT INTO mine SELECT sql FROM sqlite_master",
      "SELECT * FROM mine",
    ]),
    differs(
      "fts5vocab over fts5",
      [
        create("mine USING fts5(a)"),
        "INSERT INTO mine SELECT name FROM sqlite_master",
        create("words USING fts5vocab(mine, row)"),
        "SELECT term FROM words",
      ],
      { shard: "blind", embedded: "blind", worker: "blind" },
    ),
    blind(
      "json_tree of schema texts",
      "SELECT value FROM json_tree((SELECT json_group_array(sql) FROM sqlite_master))",
    ),
    refused("fts3_tokenizer", "SELECT fts3_tokenizer('simple', x'00')", "sqlite"),
  ];
}
