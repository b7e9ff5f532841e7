import { afterEach, beforeEach, describe, expect, it } from "vitest";
import Database from "../../../src/entry/better-sqlite3.ts";
import { startRemote } from "./remote-process.ts";
import type { PortProcess } from "./remote-process.ts";

const MANY =
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT ?) SELECT i FROM n";

let server: PortProcess;
let db: Database.Database;

beforeEach(async () => {
  server = await startRemote();
  db = new Database(`dosql://127.0.0.1:${server.port}/ahead`);
});
afterEach(async () => {
  db.close();
  if (!server.process.killed) await server.stop();
});

describe("rows that are fetched ahead", () => {
  it("leave everything else as it is", () => {
    db.exec("CREATE TABLE t (a)");
    const seen: unknown[] = [];
    const clear = (): unknown => db.exec("DELETE FROM t");
    for (const n of db.prepare<[number], number>(MANY).pluck().iterate(20_000)) {
      if (n % 500 !== 0) continue;
      seen.push(db.prepare("SELECT ? + 1").pluck().get(n));
      expect(clear).toThrow("This database connection is busy");
    }
    expect(seen).toEqual(Array.from({ length: 40 }, (_, i) => (i + 1) * 500 + 1));
    db.exec("INSERT INTO t VALUES (1)");
  });

  it("are let go of by who stops early, and by two at once", () => {
    db.exec("CREATE TABLE t (a)");
    const [one, two] = [db.prepare(MANY).pluck(), db.prepare(MANY).pluck()];
    for (let i = 0; i < 20; i++) {
      const other = two.iterate(20_000);
      for (const n of one.iterate(20_000)) {
        expect(other.next().value).toBe(n);
        if ((n as number) > i * 40) break;
      }
      other.return?.();
      db.exec("INSERT INTO t VALUES (1)");
    }
    expect(db.prepare("SELECT count(*) FROM t").pluck().get()).toBe(20);
  });

  it("come in smaller parts where rows are large, and in order", () => {
    const sql = `SELECT i, zeroblob(20000) AS bytes FROM (${MANY})`;
    let next = 1;
    for (const { i, bytes } of db.prepare<[number], any>(sql).iterate(2_000)) {
      expect(i).toBe(next++);
      expect(bytes.length).toBe(20_000);
    }
    expect(next).toBe(2_001);
  });

  it("come before an error that is behind them", () => {
    const sql = `SELECT CASE i WHEN 500 THEN json('{') ELSE i END FROM (${MANY})`;
    const rows = db.prepare(sql).pluck().iterate(1_000);
    const got: unknown[] = [];
    expect(() => {
      for (const row of rows) got.push(row);
    }).toThrow("malformed JSON");
    expect(got.length).toBeLessThan(500);
    expect(got).toEqual(got.map((_, i) => i + 1));
    expect(rows.next()).toEqual({ done: true, value: undefined });
    expect(db.prepare("SELECT 1").pluck().get()).toBe(1);
  });

  it("tell of the transaction that ended with the connection", async () => {
    db.exec("CREATE TABLE t (a); BEGIN; INSERT INTO t VALUES (1)");
    const rows = db.prepare(MANY).pluck().iterate(100_000);
    expect(rows.next().value).toBe(1);
    await server.kill();
    expect(() => db.prepare("SELECT 1").get()).toThrow("the transaction was rolled back");
    expect(db.inTransaction).toBe(false);
    rows.return?.();
  });
});
