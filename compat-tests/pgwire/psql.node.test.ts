import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { psql, psqlState, withoutPassword, type PsqlResult } from "./psql-process.ts";
import { chinookForPostgres, readContents, realInput, referenceSqlite } from "./real-input.ts";
import { startDosql, type Dosql } from "./servers.ts";

const state = psqlState();
const input = realInput();
const forPostgres = chinookForPostgres();
/** Statements of Chinook_PostgreSql.sql that the dialect `sqlite` takes; only ever raised. */
const POSTGRES_STATEMENTS_FLOOR = 34;

let server: Dosql;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "dosql-psql-"));
  if (state.ready) server = await startDosql();
});

afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a script with aligned output and no chatter. */
function script(sql: string, ...args: string[]): Promise<PsqlResult> {
  return psql(server, ["-q", ...args], sql);
}

function file(name: string, text: string): string {
  const full = path.join(folder, name);
  writeFileSync(full, text);
  return full;
}

describe.skipIf(!state.ready)(`psql${state.ready ? "" : ` (skipped: ${state.reason})`}`, () => {
  it(`takes ${input.name} by \\i and keeps every row`, { timeout: 60_000 }, async () => {
    const own = await startDosql();
    const reference = referenceSqlite(input.file);
    const client = new pg.Client({ connectionString: own.url });
    try {
      const said = await psql(own, ["-q", "-v", "ON_ERROR_STOP=1"], `\\i '${input.file}'\n`);
      expect(said).toEqual({ code: 0, stdout: "", stderr: "" });
      await client.connect();
      const ours = await readContents(async (sql) => {
        const asText = { getTypeParser: () => String } as unknown as pg.CustomTypesConfig;
        const result = await client.query({ text: sql, rowMode: "array", types: asText });
        return result.rows as (string | null)[][];
      });
      const theirs = await readContents(reference.query);
      expect(Object.keys(theirs.tables).length).toBeGreaterThan(3);
      expect(ours, `compared with ${reference.name}`).toEqual(theirs);
    } finally {
      await client.end();
      reference.close();
      await own.stop();
    }
  });

  it("connects by the printed string and without the dialect gets a NOTICE", async () => {
    const plain = new URL(withoutPassword(server.url));
    plain.search = "";
    const said = await psql(server, ["-c", "SELECT 1 AS one"], "", plain.href);
    expect(said.code).toBe(0);
    expect(said.stderr).toMatch(/^NOTICE: .*\n(.*\n)*HINT: .*options=-c dosql\.dialect=sqlite/m);
    expect((await psql(server, ["-c", "SELECT 1 AS one"])).stderr).toBe("");
  });

  it("aligns rows, shows NULL, and times statements", async () => {
    const said = await script(`\\pset null '(null)'
      CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, boss INTEGER);
      INSERT INTO people VALUES (1, 'Ada', NULL), (2, 'Grüße 你好', 1), (3, NULL, 1);
      SELECT p.id, p.name, b.name AS boss FROM people AS p LEFT JOIN people AS b ON b.id = p.boss
      ORDER BY p.id;
      \\echo timed
      \\timing on
      SELECT count(*) FROM people;
    `);
    expect(said.stderr).toBe("");
    const [table, timed] = said.stdout.split("timed").map((part) => part.trimEnd());
    expect(table).toBe(
      [
        " id |    name    |  boss  ",
        "----+------------+--------",
        "  1 | Ada        | (null)",
        "  2 | Grüße 你好 | Ada",
        "  3 | (null)     | Ada",
        "(3 rows)",
      ].join("\n"),
    );
    expect(timed).toMatch(/\nTime: \d+\.\d+ ms$/);
  });

  it("points at the place of an error", async () => {
    const said = await script("SELECT 'ü', absent FROM sqlite_schema;\nSELECT\n  1,\n  FROM x;\n");
    const lines = said.stderr.split("\n");
    expect(said.code).toBe(0);
    expect(lines[0]).toMatch(/^ERROR: {2}\S/);
    expect(lines[1]).toBe("LINE 1: SELECT 'ü', absent FROM sqlite_schema;");
    expect(lines[2]).toBe(`${" ".repeat("LINE 1: SELECT 'ü', ".length)}^`);
    expect(lines[4]).toBe("LINE 3:   FROM x;");
    expect(lines[5]).toBe(`${" ".repeat("LINE 3:   ".length)}^`);
  });

  it("shows the SQLSTATE of an error", async () => {
    const said = await script("\\set VERBOSITY sqlstate\nSELECT * FROM nowhere;\nSELEKT;\n");
    expect(said.stderr).toBe("ERROR:  42P01\nERROR:  42601\n");
  });

  it("commits, rolls back, and refuses a failed transaction", async () => {
    const said = await psql(
      server,
      ["-A", "-t"],
      `CREATE TABLE tx (a INTEGER);
      BEGIN; INSERT INTO tx VALUES (1); ROLLBACK; SELECT count(*) FROM tx;
      BEGIN; INSERT INTO tx VALUES (2); COMMIT; SELECT count(*) FROM tx;
      BEGIN; INSERT INTO tx VALUES (3); SELECT absent FROM tx; SELECT 1; COMMIT;
      SELECT count(*) FROM tx;
      COMMIT;
    `,
    );
    expect(said.stdout.trim().split("\n")).toEqual([
      "CREATE TABLE",
      ...["BEGIN", "INSERT 0 1", "ROLLBACK", "0"],
      ...["BEGIN", "INSERT 0 1", "COMMIT", "1"],
      ...["BEGIN", "INSERT 0 1", "ROLLBACK", "1"],
      "COMMIT",
    ]);
    expect(said.stderr).toMatch(/ERROR: {2}current transaction is aborted/);
    expect(said.stderr).toMatch(/WARNING: {2}there is no transaction in progress/);
  });

  it("shows the transaction's state in its prompt", async () => {
    const said = await psql(
      server,
      ["-q"],
      "\\echo :ERROR :ROW_COUNT\nBEGIN;\nSELECT absent;\n\\echo :ERROR :SQLSTATE\nROLLBACK;\n",
    );
    expect(said.stdout).toContain("true 42703");
  });

  it("ends with the exit codes of psql", async () => {
    const bad = file("bad.sql", "CREATE TABLE codes (a INTEGER);\nSELEKT;\nDROP TABLE codes;\n");
    const codes = [
      await psql(server, ["-c", "SELECT 1"]),
      await psql(server, ["-c", "SELEKT"]),
      await psql(server, ["-f", bad]),
      await psql(server, ["-v", "ON_ERROR_STOP=1", "-f", bad]),
      await psql(server, ["-c", "SELECT 1"], "", server.url.replace(server.password, "wrong")),
    ];
    expect(codes.map(({ code }) => code)).toEqual([0, 1, 0, 3, 2]);
    expect(codes[3]?.stderr).toMatch(/bad\.sql:2: ERROR: /);
    expect(codes[4]?.stderr).toMatch(/password authentication failed/);
    await script("DROP TABLE codes;");
  });

  it("goes on after an error of several -c", async () => {
    const said = await psql(server, ["-At", "-c", "SELECT 1", "-c", "SELEKT", "-c", "SELECT 2"]);
    expect(said.stdout).toBe("1\n2\n");
    expect(said.code).toBe(0);
  });

  it("-1 applies all of a script or nothing", async () => {
    const half = file(
      "half.sql",
      "CREATE TABLE half (a INTEGER);\nINSERT INTO half VALUES (1);\nSELEKT;\n",
    );
    const once = await psql(server, ["-1", "-v", "ON_ERROR_STOP=1", "-f", half]);
    expect(once.code).toBe(3);
    const gone = await psql(server, ["-At", "-c", "SELECT count(*) FROM half"]);
    expect(gone.stderr).toMatch(/no such table: half/);
    await psql(server, ["-f", half]);
    expect((await psql(server, ["-At", "-c", "SELECT count(*) FROM half"])).stdout).toBe("1\n");
  });

  it("substitutes its variables", async () => {
    const said = await script(
      "\\set name 'it''s'\n\\set id 7\nSELECT :'name' AS a, :id AS b \\gset\n\\echo :a :b\n",
    );
    expect(said).toEqual({ code: 0, stdout: "it's 7\n", stderr: "" });
  });

  it("runs what a query makes by \\gexec", async () => {
    const said = await script(
      "SELECT 'CREATE TABLE made_' || value || ' (a INTEGER)' FROM json_each('[1,2]') \\gexec\n" +
        "SELECT count(*) AS n FROM sqlite_schema WHERE name LIKE 'made%' \\gset\n\\echo :n\n",
    );
    expect(said).toEqual({ code: 0, stdout: "2\n", stderr: "" });
  });

  it.skipIf(!state.ready || state.major < 16)(
    `binds $1 by \\bind${state.ready && state.major < 16 ? ` (skipped: psql ${state.major} has none)` : ""}`,
    async () => {
      const said = await script(
        "SELECT $1 AS a, $2 AS b \\bind one 'two three' \\g (format=unaligned)\n",
      );
      expect(said.stdout).toBe("a|b\none|two three\n(1 row)\n");
    },
  );

  it("survives commands that ask for what is not there yet", async () => {
    const said = await script("\\d\nCOPY nowhere FROM STDIN;\nSELECT 'alive' AS a;\n", "-At");
    expect(said.stderr.match(/^(psql:.* )?ERROR: /gm)?.length).toBe(2);
    expect(said.stdout).toBe("alive\n");
  });

  it("takes what `sqlite3 .dump` writes", async () => {
    const said = await script(
      `PRAGMA foreign_keys=OFF;
      BEGIN TRANSACTION;
      CREATE TABLE dumped(id INTEGER PRIMARY KEY AUTOINCREMENT, t TEXT, b BLOB, r REAL);
      INSERT INTO dumped VALUES(1,'a;b''c',X'00ff',1.5);
      INSERT INTO dumped VALUES(41,replace('two\\nlines','\\n',char(10)),NULL,-9.0e+99);
      CREATE VIEW dumped_view AS SELECT id FROM dumped;
      CREATE INDEX dumped_t ON dumped(t);
      DELETE FROM sqlite_sequence;
      INSERT INTO sqlite_sequence VALUES('dumped',77);
      COMMIT;
      INSERT INTO dumped(t) VALUES('next');
      SELECT id, t, hex(b) AS b, r FROM dumped ORDER BY id;
    `,
      "-At",
    );
    expect(said.stderr).toBe("");
    expect(said.stdout).toBe("1|a;b'c|00FF|1.5\n41|two\nlines||-9e+99\n78|next||\n");
  });

  it("takes a trigger whose semicolons psql is told not to cut at", async () => {
    const said = await script(
      `CREATE TABLE watched (a INTEGER, b INTEGER);
      CREATE TRIGGER watching AFTER INSERT ON watched BEGIN
        UPDATE watched SET b = new.a + 1 WHERE a = new.a\\;
        UPDATE watched SET b = b * 2 WHERE a = new.a\\;
      END;
      INSERT INTO watched (a) VALUES (4);
      SELECT a, b FROM watched;
    `,
      "-At",
    );
    expect(said).toEqual({ code: 0, stdout: "4|10\n", stderr: "" });
  });

  it.skipIf(forPostgres === null)(
    `takes what it can of Chinook for PostgreSQL${forPostgres === null ? " (skipped: not here)" : ""}`,
    { timeout: 60_000 },
    async () => {
      const own = await startDosql();
      try {
        // The database is the one that is served; \c to another would end psql.
        const text = readFileSync(forPostgres ?? "", "utf8").replace(/^\\c .*$/m, "");
        const said = await psql(own, ["-f", file("chinook.sql", text)]);
        const done = said.stdout.match(/^(CREATE|ALTER|INSERT|DROP).*$/gm)?.length ?? 0;
        const failed = said.stderr.match(/ERROR: /g)?.length ?? 0;
        console.log(`Chinook_PostgreSql.sql: ${done} of ${done + failed} statements run`);
        expect(done + failed).toBe(59);
        expect(done).toBeGreaterThanOrEqual(POSTGRES_STATEMENTS_FLOOR);
      } finally {
        await own.stop();
      }
    },
  );
});
