import { describe, expect, it } from "vitest";
import { PastFixture } from "./past-fixture.ts";

/** Two tables with a history: `asOf` is when both had all their rows. */
async function shop(): Promise<PastFixture & { asOf: string }> {
  const past = new PastFixture();
  const lsn = await past.run(
    "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE, price INT)",
    "CREATE TABLE sale (item INT, count INT)",
    "INSERT INTO item VALUES (1, 'Pen', 10), (2, 'cup', 20), (3, 'Hat', 30)",
    "INSERT INTO sale VALUES (1, 5), (1, 6), (3, 1)",
  );
  past.clock.advance(1_000);
  await past.run(
    "UPDATE item SET price = price * 2 WHERE id = 1",
    "UPDATE item SET id = 9 WHERE id = 2",
    "DELETE FROM item WHERE id = 3",
    "INSERT INTO item VALUES (4, 'jar', 40)",
    "DELETE FROM sale WHERE item = 1",
  );
  return Object.assign(past, { asOf: `FOR SYSTEM_TIME AS OF lsn(${lsn})` });
}

describe("a statement over two times", () => {
  it("tells what changed", async () => {
    await using past = await shop();
    const changed =
      `SELECT 'now', * FROM (SELECT * FROM item EXCEPT SELECT * FROM item ${past.asOf}) ` +
      "UNION ALL SELECT 'then', * FROM " +
      `(SELECT * FROM item ${past.asOf} EXCEPT SELECT * FROM item) ` +
      "ORDER BY 2, 1";
    expect(await past.rows(changed)).toEqual([
      ["now", 1n, "Pen", 20n],
      ["then", 1n, "Pen", 10n],
      ["then", 2n, "cup", 20n],
      ["then", 3n, "Hat", 30n],
      ["now", 4n, "jar", 40n],
      ["now", 9n, "cup", 20n],
    ]);
  });

  it("joins, nests, groups and compares as the tables did", async () => {
    await using past = await shop();
    const { asOf } = past;
    expect(
      await past.rows(
        `SELECT i.name, sum(s.count) FROM item ${asOf} AS i ` +
          `LEFT JOIN sale ${asOf} s ON s.item = i.id ` +
          "GROUP BY i.id HAVING count(*) > 0 ORDER BY i.id",
      ),
    ).toEqual([
      ["Pen", 11n],
      ["cup", null],
      ["Hat", 1n],
    ]);
    expect(await past.rows(`SELECT id FROM item ${asOf} WHERE name = 'PEN'`)).toEqual([[1n]]);
    expect(await past.rows(`SELECT id FROM item ${asOf} WHERE price = '20'`)).toEqual([[2n]]);
    expect(
      await past.rows(
        `WITH old AS (SELECT * FROM item ${asOf}) SELECT o.id FROM old o WHERE NOT EXISTS ` +
          "(SELECT 1 FROM item WHERE item.id = o.id) ORDER BY o.id",
      ),
    ).toEqual([[2n], [3n]]);
    expect(
      await past.rows(
        `SELECT (SELECT max(price) FROM item ${asOf}), (SELECT max(price) FROM item)`,
      ),
    ).toEqual([[30n, 40n]]);
    expect(
      await past.rows(
        "WITH RECURSIVE n(x) AS (SELECT min(id) FROM item " +
          `${asOf} UNION ALL SELECT x + 1 FROM n, item ${asOf} i WHERE i.id = x) SELECT x FROM n`,
      ),
    ).toEqual([[1n], [2n], [3n], [4n]]);
    expect(
      await past.rows(
        `SELECT id, row_number() OVER (ORDER BY price DESC) FROM item ${asOf} ORDER BY id`,
      ),
    ).toEqual([
      [1n, 3n],
      [2n, 2n],
      [3n, 1n],
    ]);
  });

  it("answers to the names that the tables have", async () => {
    await using past = await shop();
    const { columns } = await past.session.execute(
      'SELECT *, item.id, main.item.name, "price", price + 1, ' +
        `(SELECT count(*) FROM sale ${past.asOf}) ` +
        `FROM item ${past.asOf} WHERE item.id = 1 AND main.item.id = 1`,
      [],
    );
    expect(columns.map(({ name }) => name)).toEqual([
      "id",
      "name",
      "price",
      "id",
      "name",
      "price",
      "price + 1",
      `(SELECT count(*) FROM sale ${past.asOf})`,
    ]);
    expect(columns.slice(0, 3)).toEqual([
      { name: "id", table: "item", column: "id", declaredType: "INTEGER" },
      { name: "name", table: "item", column: "name", declaredType: "TEXT" },
      { name: "price", table: "item", column: "price", declaredType: "INT" },
    ]);
    const error = await past.failure(`SELECT nosuch FROM item ${past.asOf}`);
    expect(error).toMatchObject({ message: "no such column: nosuch", at: 7 });
  });

  it("has the rowids of then", async () => {
    await using past = new PastFixture();
    const lsn = await past.run(
      "CREATE TABLE t (a)",
      "INSERT INTO t (rowid, a) VALUES (5, 'x'), (8, 'y')",
    );
    await past.run("DELETE FROM t WHERE rowid = 5", "UPDATE t SET rowid = 6 WHERE rowid = 8");
    const sql = `SELECT t.rowid, oid, a FROM t FOR SYSTEM_TIME AS OF lsn(${lsn}) ORDER BY _rowid_`;
    expect(await past.rows(sql)).toEqual([
      [5n, 5n, "x"],
      [8n, 8n, "y"],
    ]);
  });

  it("plans searches on both parts of a table", async () => {
    await using past = await shop();
    const plan = await past.rows(`EXPLAIN QUERY PLAN SELECT * FROM item ${past.asOf} WHERE id = 1`);
    const steps = plan.map((row) => String(row[3]));
    expect(steps.filter((step) => step.startsWith("SEARCH "))).toHaveLength(2);
    expect(steps.filter((step) => step.startsWith("SCAN "))).toEqual([]);
  });
});

describe("a change that reads the past", () => {
  it("puts lost rows back", async () => {
    await using past = await shop();
    const back = await past.session.execute(
      `INSERT INTO item SELECT * FROM item ${past.asOf} AS o ` +
        "WHERE o.id NOT IN (SELECT id FROM item) AND price > ? RETURNING id",
      [5n],
    );
    expect(back).toMatchObject({ rows: [[2n], [3n]], changes: 2, lastRowid: 3n });
    const counts = "SELECT changes(), last_insert_rowid()";
    expect(await past.rows(counts)).toEqual([[2n, 3n]]);
    await past.run(
      `UPDATE item SET price = o.price FROM item ${past.asOf} AS o WHERE o.id = item.id`,
      `DELETE FROM item WHERE id NOT IN (SELECT id FROM item ${past.asOf})`,
      "DELETE FROM sale",
      `INSERT INTO sale SELECT * FROM sale ${past.asOf}`,
    );
    for (const table of ["item", "sale"]) {
      const differs =
        `SELECT * FROM ${table} ${past.asOf} EXCEPT SELECT * FROM ${table} UNION ALL ` +
        `SELECT * FROM (SELECT * FROM ${table} EXCEPT SELECT * FROM ${table} ${past.asOf})`;
      expect(await past.rows(differs)).toEqual([]);
    }
    expect(past.temporary()).toEqual([]);
  });

  it("leaves nothing behind, and nothing moved, when it fails", async () => {
    await using past = await shop();
    await past.run("INSERT INTO item VALUES (100, 'fan', 1)");
    const twice = `INSERT INTO item SELECT * FROM item ${past.asOf}`;
    expect((await past.failure(twice)).sqlite).toBe("SQLITE_CONSTRAINT_PRIMARYKEY");
    await past.run("BEGIN", "UPDATE item SET price = 0");
    expect((await past.failure(twice)).sqlite).toBe("SQLITE_CONSTRAINT_PRIMARYKEY");
    const rollback = `INSERT OR ROLLBACK INTO item SELECT * FROM item ${past.asOf}`;
    expect((await past.failure(rollback)).sqlite).toBe("SQLITE_CONSTRAINT_PRIMARYKEY");
    expect(past.temporary()).toEqual([]);
    await past.session.rollback();
    expect(await past.rows("SELECT sum(price) FROM item")).toEqual([[81n]]);
    const again = `SELECT sum(price), last_insert_rowid() FROM item ${past.asOf}`;
    expect(await past.rows(again)).toEqual([[60n, 100n]]);
  });

  it("is captured like any other", async () => {
    await using past = await shop();
    const lsn = past.lsn;
    await past.run(`INSERT INTO item SELECT * FROM item ${past.asOf} WHERE id = 2`);
    expect(await past.rows(`SELECT count(*) FROM item FOR SYSTEM_TIME AS OF lsn(${lsn})`)).toEqual([
      [3n],
    ]);
    expect(await past.rows("SELECT count(*) FROM item")).toEqual([[4n]]);
  });
});

describe("sessions and the past", () => {
  it("read it while another one holds the write lease", async () => {
    await using past = await shop();
    const other = past.open();
    await other.execute("BEGIN IMMEDIATE", []);
    await other.execute("DELETE FROM item", []);
    expect(await past.rows(`SELECT sum(price) FROM item ${past.asOf}`)).toEqual([[60n]]);
    const batch = past
      .open({ asOf: "2999-01-01" })
      .batch([{ sql: "SELECT count(*) FROM item", params: [] }]);
    expect((await batch)[0]?.rows).toEqual([[3n]]);
    await other.rollback();
  });

  it("see there nothing of their own transaction", async () => {
    await using past = await shop();
    await past.run(
      "BEGIN",
      "UPDATE item SET price = 7",
      "INSERT INTO item VALUES (50, 'own', 1)",
      "ALTER TABLE item ADD COLUMN more",
      "UPDATE item SET id = id + 100",
    );
    const newest = "FOR SYSTEM_TIME AS OF '2999-01-01'";
    expect(await past.rows(`SELECT * FROM item ${newest} ORDER BY id`)).toEqual([
      [1n, "Pen", 20n],
      [4n, "jar", 40n],
      [9n, "cup", 20n],
    ]);
    expect(await past.rows(`SELECT sum(price) FROM item ${past.asOf}`)).toEqual([[60n]]);
    expect(await past.rows("SELECT count(*) FROM item WHERE price = 7")).toEqual([[3n]]);
    await past.session.rollback();
    expect(past.temporary()).toEqual([]);
  });

  it("learn the columns of a statement before it runs", async () => {
    await using past = await shop();
    await past.run("ALTER TABLE item ADD COLUMN stock INT");
    const names = async (sql: string): Promise<string[]> =>
      (await past.session.describe(sql)).columns.map(({ name }) => name);
    expect(await names(`SELECT * FROM item ${past.asOf}`)).toEqual(["id", "name", "price"]);
    const bound = "SELECT * FROM item FOR SYSTEM_TIME AS OF ? WHERE price > ?";
    expect(await names(bound)).toEqual(["id", "name", "price", "stock"]);
    expect((await past.session.describe(bound)).parameters).toMatchObject([
      { number: 1, declaredType: null },
      { number: 2, declaredType: "INT" },
    ]);
    const insert = await past.session.describe(`INSERT INTO sale SELECT * FROM sale ${past.asOf}`);
    expect(insert).toMatchObject({ command: "INSERT", readonly: false, columns: [] });
    const session = past.open({ asOf: "1970-01-01 00:16:40" });
    const info = await session.describe("SELECT * FROM item");
    expect(info.columns.map(({ name }) => name)).toEqual(["id", "name", "price"]);
  });

  it("are not disturbed by tables of any name", async () => {
    await using past = new PastFixture();
    const lsn = await past.run(
      "CREATE TABLE dosql_past_1_keys (a)",
      'CREATE TABLE "dosql_PAST__" (a)',
      "INSERT INTO dosql_past_1_keys VALUES ('mine')",
    );
    await past.run("UPDATE dosql_past_1_keys SET a = 'new'");
    const old = `dosql_past_1_keys FOR SYSTEM_TIME AS OF lsn(${lsn})`;
    const sql = `SELECT o.a, n.a FROM ${old} AS o, dosql_past_1_keys AS n`;
    expect(await past.rows(sql)).toEqual([["mine", "new"]]);
  });
});

describe("a view as of", () => {
  it("has its text of then, over its tables of then", async () => {
    await using past = new PastFixture();
    const first = await past.run(
      "CREATE TABLE t (a INT, b TEXT)",
      "CREATE VIEW inner_view AS SELECT a, b || '!' FROM t WHERE a > 0",
      "CREATE VIEW v (x, y) AS SELECT * FROM inner_view ORDER BY a",
      "INSERT INTO t VALUES (1, 'one'), (2, 'two')",
    );
    const second = await past.run(
      "ALTER TABLE t RENAME COLUMN b TO c",
      "ALTER TABLE t RENAME TO u",
      "UPDATE u SET c = 'new'",
    );
    const third = await past.run(
      "DROP VIEW v",
      "CREATE VIEW v AS SELECT count(*) AS n FROM u",
      "DELETE FROM u WHERE a = 1",
    );
    await past.run("DROP VIEW v", "DROP VIEW inner_view", "DROP TABLE u");
    const at = async (sql: string, lsn: number): Promise<unknown[]> => {
      const { columns, rows } = await past.session.execute(
        sql.replace("%", `FOR SYSTEM_TIME AS OF lsn(${lsn})`),
        [],
      );
      return [columns.map(({ name }) => name), ...rows];
    };
    expect(await at("SELECT * FROM v %", first)).toEqual([
      ["x", "y"],
      [1n, "one!"],
      [2n, "two!"],
    ]);
    expect(await at("SELECT * FROM v %", second)).toEqual([
      ["x", "y"],
      [1n, "new!"],
      [2n, "new!"],
    ]);
    expect(await at("SELECT * FROM inner_view %", first)).toEqual([
      ["a", "b || '!'"],
      [1n, "one!"],
      [2n, "two!"],
    ]);
    expect(await at("SELECT * FROM v % AS w", third)).toEqual([["n"], [1n]]);
    expect(
      (await past.failure(`SELECT * FROM v FOR SYSTEM_TIME AS OF lsn(${past.lsn})`)).message,
    ).toBe("no such table: v");
  });
});
