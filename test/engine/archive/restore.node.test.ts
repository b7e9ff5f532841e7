import { describe, expect, it } from "vitest";
import type { Lsn } from "../../../src/base/lsn.ts";
import { toLsn } from "../../../src/base/lsn.ts";
import { DosqlError } from "../../../src/base/errors.ts";
import type { Row } from "../../../src/base/value.ts";
import {
  readSnapshotHeader,
  writeSnapshotHeader,
} from "../../../src/engine/archive/snapshot-format.ts";
import type { SqlDriver } from "../../../src/ports/sql-driver.ts";
import { freshRandom } from "../../sql/seeded-random.ts";
import { ArchiveFixture } from "./archive-fixture.ts";
import type { MemoryStore } from "./memory-store.ts";

const at = (lsn: number): { kind: "lsn"; lsn: Lsn } => ({ kind: "lsn", lsn: toLsn(lsn) });

describe("restore", () => {
  it("brings a shard back as it was at every commit, and at the newest", async () => {
    await using fixture = new ArchiveFixture();
    await fixture.maintenance.run();
    const states = new Map<Lsn, string[]>([[toLsn(0), fixture.state()]]);
    const statements = [
      "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT UNIQUE, b)",
      "INSERT INTO t (a, b) VALUES ('x', 1), ('y', 2.5), ('z', x'00ff')",
      "UPDATE t SET b = b || 'more' WHERE a <> 'z'",
      "CREATE TRIGGER doubled AFTER INSERT ON t WHEN NEW.b = 'twice' BEGIN INSERT INTO t (a) VALUES ('again ' || NEW.a); END",
      "INSERT INTO t (a, b) VALUES ('w', 'twice')",
      "CREATE TABLE bare (x, y)",
      "INSERT INTO bare VALUES (1, 1), (1, 1), (2, NULL)",
      "DELETE FROM bare WHERE rowid = 1",
      "ALTER TABLE t RENAME COLUMN b TO c",
      "INSERT OR REPLACE INTO t (a, c) VALUES ('x', 'new')",
      "CREATE TABLE copy AS SELECT a, c, random() AS r FROM t",
      "ALTER TABLE bare ADD COLUMN z DEFAULT 'q'",
      "UPDATE bare SET z = 'changed', rowid = rowid + 10 WHERE x = 2",
      "CREATE INDEX by_z ON bare (z)",
      "CREATE VIEW v AS SELECT * FROM bare",
      "ALTER TABLE bare DROP COLUMN y",
      "ALTER TABLE copy RENAME TO copied",
      "DELETE FROM t WHERE a = 'y'",
      "DROP TRIGGER doubled",
      "INSERT INTO t (a, c) VALUES ('v', 'twice')",
      "DROP TABLE copied",
    ];
    for (const [i, sql] of statements.entries()) {
      await fixture.run(sql);
      states.set(fixture.head(), fixture.state());
      if (i % 7 === 3) await fixture.maintenance.run();
      if (i === 11) await fixture.maintenance.snapshot();
    }
    for (const [lsn, state] of states) {
      const restored = await fixture.restore(at(lsn), { fromFile: true });
      expect(restored.state, `LSN ${lsn}`).toEqual(state);
      expect(restored.lsn).toBe(lsn);
    }
    const newest = await fixture.restore("newest", { fromFile: true });
    expect(newest.state).toEqual(fixture.state());
    await fixture.maintenance.run();
    const archived = await fixture.restore("newest", { verify: true });
    expect(archived.state).toEqual(fixture.state());
    expect(archived.verifiedAt.length).toBe(2);
  });
});

describe("tables of which nobody knows the rows", () => {
  it("are refused by name, made without rows, or left out", async () => {
    const setting = { mode: "on", except: ["Cache"] } as const;
    await using fixture = new ArchiveFixture(undefined, { capture: setting });
    await fixture.run(
      "CREATE TABLE cache (x)",
      "CREATE TABLE t (x)",
      "INSERT INTO cache VALUES (1)",
      "INSERT INTO t VALUES (1)",
    );
    await fixture.maintenance.run();
    const message = "the changes of table cache were not captured";
    await expect(fixture.restore("newest")).rejects.toMatchObject({ code: "unsupported", message });
    const state = fixture.state().filter((line) => line !== "cache(x) 1: 1");
    expect((await fixture.restore("newest", { without: ["CACHE"] })).state).toEqual(state);
    const left = state.filter((line) => !line.includes("cache"));
    const options = { uncaptured: "leave-out" } as const;
    expect((await fixture.restore("newest", options)).state).toEqual(left);
    await fixture.run("ALTER TABLE cache RENAME TO store", "DROP TABLE store");
    await fixture.maintenance.run();
    await fixture.run("CREATE TABLE cache (y)");
    expect((await fixture.restore("newest", { ...options, fromFile: true })).state).toEqual(left);
    await expect(
      fixture.restore("newest", { without: ["other"], fromFile: true }),
    ).rejects.toMatchObject({ message });
  });

  it("are made again when they are indexes of text", async () => {
    await using fixture = new ArchiveFixture();
    await fixture.run(
      "CREATE TABLE docs (id INTEGER PRIMARY KEY, body TEXT)",
      "CREATE VIRTUAL TABLE words USING fts5 (body, content='docs', content_rowid='id')",
      "CREATE TRIGGER ins AFTER INSERT ON docs BEGIN INSERT INTO words (rowid, body) VALUES (NEW.id, NEW.body); END",
      "INSERT INTO docs (body) VALUES ('one two'), ('two three')",
    );
    await fixture.maintenance.run();
    await fixture.run("INSERT INTO docs (body) VALUES ('three four')");
    const restored = await fixture.restore("newest", { fromFile: true }, (driver) =>
      driver.prepare("SELECT rowid FROM words WHERE words MATCH 'three'").all([], "number"),
    );
    expect(restored.found).toEqual([[2], [3]]);
  });
});

describe("rows", () => {
  it("that only their types tell apart are told apart", async () => {
    await using fixture = new ArchiveFixture();
    await fixture.maintenance.run();
    await fixture.run(
      "CREATE TABLE t (rowid, oid, _rowid_)",
      "INSERT INTO t VALUES (1, 2, 3), (1.0, 2, 3), ('1', 2, 3), (1, 2, 3), (NULL, 2, 3)",
      "DELETE FROM t WHERE typeof(rowid) = 'real'",
      "UPDATE t SET oid = 'one' WHERE typeof(rowid) = 'text'",
    );
    expect((await fixture.restore("newest", { fromFile: true })).state).toEqual(fixture.state());
  });

  it("get the numbers that AUTOINCREMENT would have given them", async () => {
    await using fixture = new ArchiveFixture();
    await fixture.run(
      "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, x)",
      "INSERT INTO t (x) VALUES (1), (2), (3)",
      "DELETE FROM t WHERE id > 1",
    );
    await fixture.maintenance.run();
    const next = (driver: SqlDriver): Row[] =>
      driver.prepare("INSERT INTO t (x) VALUES ('next') RETURNING id").all([], "number");
    expect((await fixture.restore("newest", {}, next)).found).toEqual([[4]]);
    await fixture.run("INSERT INTO t (x) VALUES (4)", "DELETE FROM t");
    expect((await fixture.restore("newest", { fromFile: true }, next)).found).toEqual([[5]]);
  });

  it("may belong to a table that was not captured at first", async () => {
    const setting = { mode: "on", except: ["late"] } as const;
    await using fixture = new ArchiveFixture(undefined, { capture: setting });
    await fixture.run("CREATE TABLE late (x)", "INSERT INTO late VALUES (1), (2)");
    await fixture.maintenance.run();
    fixture.inner.shard.setCapture({ mode: "on", except: [] });
    await fixture.run("DELETE FROM late WHERE x = 1");
    const options = { fromFile: true, without: ["late"] };
    expect((await fixture.restore("newest", options)).state).toEqual(fixture.state());
  });
});

describe("a moment", () => {
  it("in time is the newest commit at or before it", async () => {
    await using fixture = new ArchiveFixture();
    await fixture.maintenance.run();
    await fixture.run("CREATE TABLE t (x)");
    const seen: { ms: number; state: string[]; lsn: Lsn }[] = [];
    for (let i = 0; i < 4; i++) {
      fixture.clock.advance(100);
      await fixture.run(`INSERT INTO t VALUES (${i})`);
      seen.push({ ms: fixture.clock.nowMs(), state: fixture.state(), lsn: fixture.head() });
      if (i === 1) await fixture.maintenance.run();
    }
    for (const { ms, state, lsn } of seen) {
      for (const wallMs of [ms, ms + 50, ms + 99]) {
        const time = { wallMs, counter: 65_535 };
        const restored = await fixture.restore({ kind: "time", time }, { fromFile: true });
        expect([restored.lsn, restored.state]).toEqual([lsn, state]);
      }
    }
    // To the very reading of the clock.
    const { time } = await fixture.restore(at(seen[2]!.lsn), { fromFile: true });
    const exact = await fixture.restore({ kind: "time", time }, { fromFile: true });
    expect(exact.lsn).toBe(seen[2]!.lsn);
    const late = { kind: "time", time: { wallMs: seen[3]!.ms + 1e9, counter: 0 } } as const;
    expect(await fixture.restore(late, { fromFile: true })).toMatchObject({ atEnd: true });
    expect(await fixture.restore(at(seen[1]!.lsn))).toMatchObject({ lsn: seen[1]!.lsn });
    const early = { kind: "time", time: { wallMs: 5, counter: 0 } } as const;
    await expect(fixture.restore(early)).rejects.toMatchObject({
      code: "history-gone",
      hint: expect.stringContaining("LSN 0") as string,
    });
  });

  it("inside a transaction is the one before it, and none after the end", async () => {
    await using fixture = new ArchiveFixture();
    await fixture.maintenance.run();
    await fixture.run("CREATE TABLE t (x)");
    const before = { lsn: fixture.head(), state: fixture.state() };
    await fixture.run("INSERT INTO t VALUES (1), (2), (3)");
    for (const lsn of [before.lsn, before.lsn + 1, before.lsn + 3]) {
      expect(await fixture.restore(at(lsn), { fromFile: true })).toMatchObject(before);
    }
    const head = fixture.head();
    expect(await fixture.restore(at(head), { fromFile: true })).toMatchObject({ lsn: head });
    const refusal = { code: "invalid-argument", message: `LSN ${head + 1} does not exist yet` };
    await expect(fixture.restore(at(head + 1), { fromFile: true })).rejects.toMatchObject(refusal);
  });
});

describe("an archive that is not whole", () => {
  async function filled(): Promise<ArchiveFixture> {
    const fixture = new ArchiveFixture();
    await fixture.maintenance.run();
    for (let i = 0; i < 4; i++) {
      await fixture.run(`CREATE TABLE t${i} (x)`, `INSERT INTO t${i} VALUES ('some text ${i}')`);
      await fixture.maintenance.run();
      if (i === 1) await fixture.maintenance.snapshot();
    }
    return fixture;
  }

  it("is an error that says what is missing", async () => {
    await using fixture = await filled();
    const { objects } = fixture.store as MemoryStore;
    const [first, second, third] = [...objects.keys()].filter((key) => key.startsWith("wal/"));
    expect([first, second, third].every((key) => key !== undefined)).toBe(true);
    objects.delete(third!);
    await expect(fixture.restore("newest")).rejects.toThrow(
      /^the archive has no entries from LSN 9 to 12$/,
    );
    // The log still has them.
    const whole = await fixture.restore("newest", { fromFile: true });
    expect(whole.state).toEqual(fixture.state());
    // An older gap does not matter behind a snapshot.
    objects.delete(first!);
    expect((await fixture.restore(at(8))).lsn).toBe(8);
    await expect(fixture.restore(at(4))).rejects.toThrow(/no entries from LSN 1 to 4/);
  });

  it("is an error wherever a byte is another", async () => {
    await using fixture = await filled();
    const { objects } = fixture.store as MemoryStore;
    const random = freshRandom("damaged archive");
    for (const [key, { bytes, etag }] of [...objects]) {
      for (let round = 0; round < 12; round++) {
        const copy = bytes.slice();
        const place = random.below(copy.length);
        copy[place] = (copy[place] ?? 0) ^ (1 << random.below(8));
        objects.set(key, { bytes: copy, etag });
        const outcomes = await Promise.allSettled([
          fixture.restore("newest", { verify: true }),
          fixture.restore(at(2)),
          fixture.restore(at(6)),
          fixture.restore(at(12)),
        ]);
        const errors = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
        expect(errors.length, key).toBeGreaterThan(0);
        for (const error of errors) {
          expect(error).toBeInstanceOf(DosqlError);
          expect(["bad-file", "format-too-new"]).toContain((error as DosqlError).code);
        }
      }
      objects.set(key, { bytes, etag });
    }
  });

  it("is an error where a file stands in another one's place", async () => {
    await using fixture = await filled();
    const { objects } = fixture.store as MemoryStore;
    const keys = [...objects.keys()];
    const [first, second] = keys.filter((key) => key.startsWith("wal/"));
    objects.set(second!, objects.get(first!)!);
    await expect(fixture.restore(at(6))).rejects.toThrow(/is the log of main\/0 from LSN 1/);
    const [snap, other] = keys.filter((key) => key.startsWith("snap/"));
    objects.set(other!, objects.get(snap!)!);
    await expect(fixture.restore("newest")).rejects.toThrow(/is the snapshot of main\/0 at LSN/);
  });

  it("finds rows that are not those that a snapshot counts", async () => {
    await using fixture = await filled();
    const { store } = fixture;
    const key = (await store.list("snap/")).objects.at(-1)?.key ?? "";
    const header = readSnapshotHeader((await store.get(key))!.bytes, key);
    const [first, ...others] = header.tables;
    const tables = [{ ...first!, hash: "0123456789abcdef" }, ...others];
    await store.put(key, writeSnapshotHeader({ ...header, tables }));
    await expect(fixture.restore("newest")).rejects.toThrow(
      /^the rows of t0 are not those of the snapshot/,
    );
  });

  it("says so when there is nothing to begin with", async () => {
    await using fixture = new ArchiveFixture();
    await expect(fixture.restore("newest")).rejects.toMatchObject({ code: "history-gone" });
  });

  it("finds rows that are not those of the later snapshot", async () => {
    await using fixture = await filled();
    await fixture.maintenance.snapshot();
    const { verifiedAt } = await fixture.restore("newest", { verify: true });
    expect(verifiedAt).toEqual([8, fixture.head()]);
    const { driver } = fixture.inner.shard.writer;
    // A change that no log knows of.
    driver.exec("DROP TRIGGER _cf_dosql_after_update_1; UPDATE t0 SET x = 'unseen'");
    await fixture.run("INSERT INTO t1 VALUES (1)");
    await fixture.maintenance.snapshot();
    await expect(fixture.restore("newest", { verify: true })).rejects.toThrow(
      /^the rows of t0 are not those of the snapshot at LSN/,
    );
    (fixture.store as MemoryStore).objects.delete(
      [...(fixture.store as MemoryStore).objects.keys()].findLast((key) => key.endsWith(".seg"))!,
    );
    await expect(fixture.restore("newest", { verify: true })).rejects.toThrow(
      /does not lead to its snapshot/,
    );
    expect((await fixture.restore("newest")).state).toEqual(fixture.state());
  });
});
