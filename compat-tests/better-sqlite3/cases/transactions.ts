import type { AnyDatabase, Case } from "../contract.ts";

// eslint-disable-next-line unicorn/no-thenable
const THENABLE = { then() {} };

function opened(db: AnyDatabase): AnyDatabase {
  return db.exec("CREATE TABLE t (a UNIQUE)");
}

function rows(db: AnyDatabase): unknown {
  return db.prepare("SELECT a FROM t ORDER BY a").pluck().all();
}

export const transactions: Case[] = [
  {
    name: "transactions: one level",
    run({ open, ask }) {
      const db = opened(open());
      ask("no function", () => db.transaction());
      ask("a number", () => db.transaction(5));
      const insert = db.prepare("INSERT INTO t VALUES (?)");
      const put = db.transaction(function (this: unknown, ...values: unknown[]) {
        for (const value of values) insert.run(value);
        return [db.inTransaction, this === db, values.length];
      });
      ask("commits", () => [put(1, 2), db.inTransaction, rows(db)]);
      ask("passes this", () => put.call(db, 3));
      ask("rolls back", () => put(4, 1));
      ask("nothing of it stays", () => [rows(db), db.inTransaction]);
      for (const name of ["default", "deferred", "immediate", "exclusive"]) {
        ask(name, () => [put[name](`${name}`), db.inTransaction]);
      }
      ask("an error of the user", () =>
        db.transaction(() => {
          throw new RangeError("mine");
        })(),
      );
      ask("thrown values", () =>
        db.transaction(() => {
          throw "text";
        })(),
      );
      ask("an async function", () => db.transaction(async () => insert.run(100))());
      ask("a thenable", () => db.transaction(() => Object.assign({}, THENABLE))());
      ask("rolled back", () => [rows(db), db.inTransaction]);
      ask("a generator is no promise", () => typeof db.transaction(function* () {})().next);
    },
  },
  {
    name: "transactions: nested",
    run({ open, ask }) {
      const db = opened(open());
      const insert = db.prepare("INSERT INTO t VALUES (?)");
      const inner = db.transaction((value: unknown, fail: boolean) => {
        insert.run(value);
        if (fail) throw new RangeError(`inner ${String(value)}`);
        return value;
      });
      const outer = db.transaction((fails: boolean[]) => {
        insert.run("outer");
        return fails.map((fail, index) => {
          try {
            return inner(index, fail);
          } catch (error) {
            return (error as Error).message;
          }
        });
      });
      ask("both", () => [outer([false, true, false]), rows(db)]);
      ask("the outer fails", () => {
        db.exec("DELETE FROM t");
        try {
          db.transaction(() => {
            inner("kept?", false);
            throw new Error("outer");
          })();
        } catch {}
        return [rows(db), db.inTransaction];
      });
      ask("in a transaction begun by hand", () => {
        db.exec("BEGIN");
        inner("by hand", false);
        const inside = db.inTransaction;
        db.exec("ROLLBACK");
        return [inside, rows(db)];
      });
      ask("three levels", () => {
        const level3 = db.transaction(() => inner("three", true));
        const level2 = db.transaction(() => {
          insert.run("two");
          try {
            level3.immediate();
          } catch {}
        });
        db.transaction(() => level2.exclusive())();
        return rows(db);
      });
    },
  },
  {
    name: "transactions: mixed with hand-made ones",
    run({ open, ask }) {
      const db = opened(open());
      const insert = db.prepare("INSERT INTO t VALUES (?)");
      ask("committed inside", () => db.transaction(() => db.exec("COMMIT").open)());
      ask("rolled back inside, then thrown", () =>
        db.transaction(() => {
          db.exec("ROLLBACK");
          throw new Error("after the rollback");
        })(),
      );
      ask("ended by SQLite itself", () =>
        db.transaction(() => {
          insert.run(1);
          db.exec("INSERT OR ROLLBACK INTO t VALUES (1)");
        })(),
      );
      ask("ended by SQLite itself, and caught", () =>
        db.transaction(() => {
          insert.run(1);
          try {
            db.exec("INSERT OR ROLLBACK INTO t VALUES (1)");
          } catch {}
          return db.inTransaction;
        })(),
      );
      ask("state", () => [db.inTransaction, rows(db)]);
      ask("a deferred foreign key at commit", () => {
        db.exec(
          "CREATE TABLE p (id PRIMARY KEY);" +
            "CREATE TABLE c (p REFERENCES p DEFERRABLE INITIALLY DEFERRED)",
        );
        return db.transaction(() => db.exec("INSERT INTO c VALUES (1)").open)();
      });
      ask("state after it", () => [db.inTransaction, db.prepare("SELECT * FROM c").all()]);
    },
  },
];
