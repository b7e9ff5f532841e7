import { existsSync, writeFileSync } from "node:fs";
import type { AnyDatabase, Case } from "../contract.ts";

/** About 260 pages. */
function filled(db: AnyDatabase): AnyDatabase {
  return db.exec(
    "CREATE TABLE t (a);" +
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 500)" +
      " INSERT INTO t SELECT hex(zeroblob(1000)) FROM n",
  );
}

function count(db: AnyDatabase): unknown {
  try {
    return db.prepare("SELECT count(*) AS n FROM t").get();
  } finally {
    db.close();
  }
}

function countIn(Database: any, path: string): unknown {
  return count(new Database(path, { readonly: true }));
}

export const copies: Case[] = [
  {
    name: "copies: serialize",
    run({ Database, open, ask }) {
      const db = filled(open());
      ask("main", () => db.serialize().length === db.serialize({ attached: "main" }).length);
      ask("attached", () => {
        db.exec("ATTACH ':memory:' AS other; CREATE TABLE other.x (a)");
        const copy = new Database(db.serialize({ attached: "other" }));
        return copy.prepare("SELECT name FROM sqlite_schema").all();
      });
      ask("rows and versions", () => {
        db.exec("PRAGMA user_version = 7; PRAGMA application_id = 8");
        const copy = new Database(db.serialize());
        const pragmas = ["user_version", "application_id", "page_size", "encoding"];
        return [...pragmas.map((name) => copy.pragma(name)), count(copy)];
      });
      ask("inside a transaction", () => {
        const inside = filled(open());
        inside.exec("BEGIN; DELETE FROM t WHERE rowid > 100");
        const changed = count(new Database(inside.serialize()));
        inside.exec("ROLLBACK");
        return [changed, count(new Database(inside.serialize()))];
      });
      ask("beside an iterator", () => {
        for (const _ of db.prepare("SELECT * FROM t").iterate()) db.serialize();
      });
      ask("closed", () => filled(open()).close().serialize());
      ask("an empty database", () => open().serialize().length);
      ask("missing", () => db.serialize({ attached: "missing" }));
      ask("null", () => db.serialize(null).length > 0);
      ask("a number", () => db.serialize(5));
      ask("attached of another kind", () => db.serialize({ attached: 5 }));
      ask("attached empty", () => db.serialize({ attached: "" }));
      ask("attached undefined", () => db.serialize({ attached: undefined }));
    },
  },
  {
    name: "copies: backup arguments",
    async run({ open, askLater, file }) {
      const db = filled(open());
      const given: unknown[][] = [
        [],
        [5],
        [""],
        ["  "],
        [":memory:"],
        [file("nowhere/x.db")],
        [file("x.db"), 5],
        [file("x.db"), { attached: 5 }],
        [file("x.db"), { attached: "" }],
        [file("x.db"), { attached: "missing" }],
        [file("x.db"), { progress: 5 }],
        [file("x.db"), null],
        [file("x.db"), { progress: null }],
        [file("x.db"), { attached: "main", progress: undefined }],
      ];
      for (const [index, args] of given.entries()) {
        await askLater(String(index), () => db.backup(...args));
      }
    },
  },
  {
    name: "copies: backup",
    async run({ Database, open, askLater, file }) {
      const db = filled(open());
      await askLater("rows", async () => [
        (await db.backup(file("copy.db"))).remainingPages,
        countIn(Database, file("copy.db")),
      ]);
      await askLater("over an older file", async () => [
        (await db.backup(file("copy.db"))).remainingPages,
        countIn(Database, file("copy.db")),
      ]);
      await askLater("progress", async () => {
        const seen: unknown[] = [];
        const done = await db.backup(file("p.db"), {
          progress: (p: object) => void seen.push({ ...p }),
        });
        return [seen, done];
      });
      await askLater("progress in larger slices", async () => {
        const seen: unknown[] = [];
        await db.backup(file("q.db"), {
          progress(p: { remainingPages: number }) {
            seen.push(p.remainingPages);
            return 200;
          },
        });
        return seen.length;
      });
      for (const value of [null, "5", Number.NaN, 5n, true, {}]) {
        await askLater(`progress answers ${typeof value} ${String(value)}`, () =>
          db.backup(file("r.db"), { progress: () => value }),
        );
      }
      await askLater("progress throws", () =>
        db.backup(file("s.db"), {
          progress() {
            throw new RangeError("enough");
          },
        }),
      );
      await askLater("nothing stays of it", async () => existsSync(file("s.db")));
      for (const name of ["new.db", "copy.db"]) {
        await askLater(`progress throws on the way to ${name}`, () => {
          let calls = 0;
          return db.backup(file(name), {
            progress() {
              if (++calls === 2) throw new RangeError("enough");
            },
          });
        });
      }
      await askLater("a new file is gone", async () => existsSync(file("new.db")));
      await askLater("an older file is as it was", async () => countIn(Database, file("copy.db")));
      await askLater("waits for its start", async () => {
        let calls = 0;
        await db.backup(file("w.db"), { progress: () => (++calls < 5 ? 0 : 1000) });
        return [calls, countIn(Database, file("w.db"))];
      });
      await askLater("over something that is no database", async () => {
        writeFileSync(file("garbage.db"), "this is no database");
        await db.backup(file("garbage.db"));
      });
      await askLater("closed meanwhile", async () => {
        const other = filled(new Database(":memory:"));
        await other.backup(file("closed.db"), {
          progress() {
            other.close();
            return 10;
          },
        });
      });
      await askLater("closed before", () =>
        filled(new Database(":memory:")).close().backup(file("z.db")),
      );
      await askLater("a copy of an attached database", async () => {
        db.exec("ATTACH ':memory:' AS other; CREATE TABLE other.t (a)");
        await db.backup(file("attached.db"), { attached: "other" });
        return countIn(Database, file("attached.db"));
      });
      await askLater("pauses on the way", async () => {
        let calls = 0;
        const done = await db.backup(file("pause.db"), {
          progress: () => (++calls === 2 ? 0 : 50),
        });
        return [calls, done.remainingPages];
      });
    },
  },
  {
    name: "copies: virtual tables and extensions",
    run({ open, ask }) {
      const db = open();
      const rows = function* (): Generator<unknown[]> {
        yield [1];
      };
      ask("table", () => db.table("numbers", { columns: ["a"], rows }) === db);
      ask("table by a factory", () => db.table("made", () => ({ columns: ["a"], rows })) === db);
      ask("table without a name", () => db.table());
      ask("table with an empty name", () => db.table("", { columns: ["a"], rows }));
      ask("table without a definition", () => db.table("x"));
      ask("table with a number", () => db.table("x", 5));
      ask("extension without a path", () => db.loadExtension());
      ask("extension by a number", () => db.loadExtension(5));
      ask("extension that is missing", () => db.loadExtension("/nowhere/at/all"));
      ask("extension with an entry of another kind", () => db.loadExtension("/nowhere", 5));
      ask("extension by SQL", () => db.prepare("SELECT load_extension('/nowhere')").get());
    },
  },
];
