import type { AnyDatabase, Case } from "../contract.ts";

function withRows(db: AnyDatabase): AnyDatabase {
  return db.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3)");
}

export const iterating: Case[] = [
  {
    name: "iterating: steps",
    run({ open, ask }) {
      const db = withRows(open());
      const statement = db.prepare("SELECT a FROM t");
      ask("to the end and beyond", () => {
        const rows = statement.iterate();
        const busy = [statement.busy];
        const seen = [
          rows.next(),
          rows.next(),
          rows.next(),
          rows.next(),
          rows.next(),
          rows.return(),
        ];
        busy.push(statement.busy);
        return [seen, busy];
      });
      ask("returned early", () => {
        const rows = statement.iterate();
        return [rows.next(), statement.busy, rows.return(5), statement.busy, rows.next()];
      });
      ask("broken out of", () => {
        for (const row of statement.iterate()) {
          if (row.a === 2) break;
        }
        return [statement.busy, statement.all().length];
      });
      ask("thrown out of", () => {
        for (const row of statement.iterate()) throw new RangeError(`at ${row.a}`);
      });
      ask("free again", () => statement.busy);
      ask("two at once", () => {
        const other = db.prepare("SELECT a * 10 FROM t").pluck();
        const pair = [statement.iterate(), other.iterate()];
        const seen = [pair[0].next(), pair[1].next(), pair[0].next(), pair[1].next()];
        for (const rows of pair) rows.return();
        return seen;
      });
      ask("an empty result", () => [...db.prepare("SELECT a FROM t WHERE 0").iterate()]);
      ask("finished by hand", () => {
        const rows = statement.iterate();
        return [typeof rows.throw, Object.keys(rows), rows.return()];
      });
    },
  },
  {
    name: "iterating: errors",
    run({ open, ask }) {
      const db = withRows(open());
      db.function("fail_at", (a: number, b: number) => {
        if (a === b) throw new RangeError(`failed at ${a}`);
        return a;
      });
      ask("in the first row", () => {
        const rows = db.prepare("SELECT fail_at(a, 1) FROM t").iterate();
        return rows.next();
      });
      ask("in the second", () => {
        const statement = db.prepare("SELECT fail_at(a, 2) AS x FROM t");
        const rows = statement.iterate();
        const seen: unknown[] = [rows.next()];
        try {
          rows.next();
        } catch (error) {
          seen.push((error as Error).message);
        }
        seen.push(rows.next(), statement.busy);
        return seen;
      });
      ask("of SQLite", () => [...db.prepare("SELECT abs(-9223372036854775808)").iterate()]);
      ask("nothing stays locked", () => db.exec("DELETE FROM t WHERE a = 3").inTransaction);
    },
  },
  {
    name: "iterating: RETURNING",
    run({ open, ask }) {
      const db = withRows(open());
      ask("all rows are written", () => {
        const rows = db.prepare("INSERT INTO t VALUES (4), (5) RETURNING a").iterate();
        const first = rows.next();
        rows.return();
        return [first, db.prepare("SELECT count(*) AS n FROM t").get()];
      });
      ask("not asked for", () => {
        db.prepare("INSERT INTO t VALUES (6) RETURNING a").iterate().return();
        return db.prepare("SELECT count(*) AS n FROM t").get();
      });
    },
  },
];
