import type { Case } from "../contract.ts";
import { rowsCase, sqlCase } from "./sql-case.ts";

const SCHEMA = [
  "CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL UNIQUE, bio TEXT DEFAULT 'none')",
  "CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE, title TEXT, CHECK (title <> ''))",
  "CREATE INDEX posts_user ON posts (user_id, title DESC)",
  "CREATE UNIQUE INDEX posts_title ON posts (title) WHERE title IS NOT NULL",
  "CREATE VIEW recent AS SELECT * FROM posts",
  "CREATE TABLE pairs (a, b, PRIMARY KEY (a, b)) WITHOUT ROWID",
  "INSERT INTO users (email) VALUES ('a@b')",
];

/** D1's own objects do show in its schema; tools leave them out by `_cf_`. */
const NOT_CF = "name NOT LIKE '\\_cf\\_%' ESCAPE '\\'";

/** What tools ask to learn the schema. What they hear must not tell of the engine's own tables. */
export const INTROSPECTION_CASES: readonly Case[] = [
  rowsCase("introspection: Kysely's tables", SCHEMA, [
    [
      `select "name", "sql", "type" from "sqlite_master" where "type" in (?, ?) and "name" not like ? and ${NOT_CF} order by "name"`,
      "table",
      "view",
      "sqlite_%",
    ],
    [
      `with "table_list" as (select "name", "sql", "type" from "sqlite_master" where "type" in (?, ?) and "name" not like ? and ${NOT_CF} order by "name") ` +
        'select "tl"."name" as "table", "p"."cid", "p"."name", "p"."type", "p"."notnull", "p"."dflt_value", "p"."pk" from "table_list" as "tl", pragma_table_info(tl.name) as "p" order by "tl"."name", "p"."cid"',
      "table",
      "view",
      "sqlite_%",
    ],
  ]),
  rowsCase("introspection: drizzle-kit", SCHEMA, [
    `SELECT m.name as "tableName", p.name as "columnName", p.type as "columnType", p."notnull" as "notNull", p.dflt_value as "defaultValue", p.pk as pk, p.hidden as hidden, m.sql, m.type as type
      FROM sqlite_master AS m JOIN pragma_table_xinfo(m.name) AS p
      WHERE (m.type = 'table' OR m.type = 'view')
        and m.tbl_name != 'sqlite_sequence' and m.tbl_name != 'sqlite_stat1'
        and m.tbl_name != '_litestream_seq' and m.tbl_name != '_litestream_lock'
        and m.tbl_name != 'libsql_wasm_func_table' and m.tbl_name != '__drizzle_migrations'
        and m.tbl_name != '_cf_KV' and m.tbl_name != '_cf_METADATA'`,
    `SELECT * FROM sqlite_master WHERE name != 'sqlite_sequence' and name != 'sqlite_stat1' and name != '_cf_KV' and name != '_cf_METADATA' and name != '_litestream_seq' and type = 'index' and sql IS NOT NULL and rootpage < 0`,
    `SELECT m.name as "tableFrom", f.id as "id", f."table" as "tableTo", f."from", f."to", f."on_update" as "onUpdate", f."on_delete" as "onDelete", f.seq as "seq" FROM sqlite_master m, pragma_foreign_key_list(m.name) as f where m.tbl_name != '_cf_KV'`,
    `SELECT m.tbl_name as tableName, il.name as "indexName", ii.name as "columnName", il.[unique] as "isUnique", il.seq as "seq" FROM sqlite_master AS m, pragma_index_list(m.name) AS il, pragma_index_info(il.name) AS ii WHERE m.type = 'table' and m.tbl_name != '_cf_KV' and m.tbl_name != '_cf_METADATA' order by 1, 2, 3`,
    `SELECT name AS view_name, sql AS sql FROM sqlite_master WHERE type = 'view'`,
  ]),
  rowsCase("introspection: Prisma", SCHEMA, [
    `SELECT tbl_name AS name, sql AS definition FROM sqlite_master WHERE type='table' AND ${NOT_CF} ORDER BY tbl_name`,
    `SELECT m.name AS table_name, fk.* FROM sqlite_master AS m, pragma_foreign_key_list(m.name) AS fk WHERE m.type = 'table'`,
    `SELECT indexes.name AS index_name, indexes.tbl_name AS table_name, indexes.sql AS definition, info.seqno, info.name FROM sqlite_master AS indexes, pragma_index_info(indexes.name) AS info WHERE indexes.type = 'index' ORDER BY 1, 4`,
    "PRAGMA foreign_key_list(posts)",
    'PRAGMA table_info ("users")',
    'PRAGMA index_list("posts")',
    'PRAGMA index_xinfo("posts_user")',
  ]),
  rowsCase("introspection: table lists", SCHEMA, [
    `SELECT schema, name, type, ncol, wr, strict FROM pragma_table_list WHERE ${NOT_CF} AND name NOT LIKE 'sqlite_%' ORDER BY name`,
    "SELECT * FROM pragma_table_list('users')",
    "PRAGMA table_list(users)",
    `SELECT count(*) FROM sqlite_schema WHERE ${NOT_CF}`,
    `SELECT type, name, tbl_name FROM sqlite_master WHERE ${NOT_CF} ORDER BY 1, 2`,
  ]),
  rowsCase("introspection: pragma functions", SCHEMA, [
    "SELECT * FROM pragma_table_info('users')",
    "SELECT * FROM pragma_table_xinfo('posts')",
    "SELECT * FROM pragma_index_list('posts')",
    "SELECT * FROM pragma_index_info('posts_user')",
    "SELECT * FROM pragma_index_xinfo('posts_user')",
    "SELECT * FROM pragma_foreign_key_list('posts')",
    "SELECT * FROM pragma_foreign_key_check",
    "SELECT * FROM pragma_table_info('nope')",
    "PRAGMA table_info(nope)",
  ]),
  rowsCase("introspection: triggers do not show", SCHEMA, [
    "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "SELECT count(*) FROM sqlite_master WHERE tbl_name = 'users'",
    "SELECT name, tbl_name FROM sqlite_master WHERE tbl_name = 'posts' ORDER BY name",
    "SELECT seq FROM sqlite_sequence WHERE name = 'users'",
    "SELECT name FROM sqlite_sequence",
  ]),
  sqlCase(
    "introspection: wrangler's migrations",
    [],
    [
      "CREATE TABLE IF NOT EXISTS d1_migrations(\n\t\tid         INTEGER PRIMARY KEY AUTOINCREMENT,\n\t\tname       TEXT UNIQUE,\n\t\tapplied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL\n);",
      "SELECT * FROM d1_migrations ORDER BY id",
      "CREATE TABLE a (x);\n\nINSERT INTO d1_migrations (name)\nvalues ('0001_a.sql');",
      "SELECT id, name FROM d1_migrations ORDER BY id",
      "SELECT name FROM sqlite_master WHERE type='table' AND name='d1_migrations'",
    ],
  ),
];
