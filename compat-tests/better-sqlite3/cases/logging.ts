import type { Case } from "../contract.ts";

export const logging: Case[] = [
  {
    name: "logging: texts",
    run({ open, ask }) {
      const lines: string[] = [];
      const db = open({ verbose: (...args: string[]) => lines.push(...args) });
      const log = (label: string, body: () => unknown): void => {
        lines.length = 0;
        ask(label, () => {
          try {
            body();
          } catch (error) {
            lines.push(`threw ${(error as Error).message}`);
          }
          return [...lines];
        });
      };
      log("exec", () =>
        db.exec("CREATE TABLE t (a, b); -- c\n INSERT INTO t VALUES (1, 2);;  SELECT 1;"),
      );
      log("exec, spaced", () => db.exec(" ;; SELECT 1;\n\n /* c */ SELECT 2 -- end\n; -- tail"));
      log("exec, failing", () => db.exec("INSERT INTO t VALUES (5, 6); SELEC; DELETE FROM t"));
      log("run", () => db.prepare("INSERT INTO t VALUES (?, ?)").run(3, "it's"));
      log("get", () => db.prepare("  SELECT :a, 1.5 ; -- tail").get({ a: null }));
      log("all", () => db.prepare("-- head\nSELECT ?").all(Buffer.from([1, 255])));
      log("long values", () => db.prepare("SELECT ?, ?").get("x".repeat(100), Buffer.alloc(100)));
      log("a value that looks like SQL", () => db.prepare("SELECT ?, ?").get("?'", 2n ** 60n));
      log("iterate", () => [...db.prepare("SELECT a FROM t").iterate()]);
      log("iterate, no step", () => db.prepare("SELECT a FROM t").iterate().return());
      log("iterate, values", () => [...db.prepare("SELECT ? UNION SELECT 2").iterate(7)]);
      log("bound", () => db.prepare("SELECT ?").bind(5).get());
      log("pragma", () => db.pragma("user_version"));
      log("pragma, simple", () => db.pragma("user_version = 3", { simple: true }));
      log("explain", () => db.explain("SELECT ?"));
      log("transaction", () => db.transaction(() => db.prepare("SELECT 1").get()).immediate());
      log("serialize", () => db.serialize());
      log("columns", () => db.prepare("SELECT 1").columns());
      log("prepare only", () => db.prepare("SELECT 1"));
      log("a trigger's inside", () => {
        db.exec(
          "CREATE TABLE u (a); CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO u VALUES (1); END",
        );
        db.prepare("INSERT INTO t VALUES (9, 9)").run();
      });
      log("a refused one", () => db.prepare("INSERT INTO u VALUES (1, 2)").run());
      log("a wrong binding", () => db.prepare("SELECT ?").get());
    },
  },
  {
    name: "logging: a log that throws",
    run({ Database, ask }) {
      const db = new Database(":memory:", {
        verbose() {
          throw new RangeError("the log");
        },
      });
      ask("exec", () => db.exec("CREATE TABLE t (a)"));
      ask("run", () => db.prepare("CREATE TABLE t (a)").run());
      ask("get", () => db.prepare("SELECT 1").get());
      ask("all", () => db.prepare("SELECT 1").all());
      ask("iterate", () => [...db.prepare("SELECT 1").iterate()]);
      ask("pragma", () => db.pragma("user_version"));
      ask("transaction", () => db.transaction(() => 1)());
      ask("afterwards", () => [db.inTransaction, db.open, db.close().open]);
    },
  },
  {
    name: "logging: how it is called",
    run({ Database, ask }) {
      const seen: unknown[] = [];
      const db = new Database(":memory:", {
        verbose(this: unknown, ...args: unknown[]) {
          seen.push(args.length, this === undefined);
          try {
            db.exec("SELECT 2");
          } catch (error) {
            seen.push((error as Error).message);
          }
        },
      });
      ask("exec", () => [db.exec("SELECT 1").open, seen.splice(0)]);
      ask("get", () => [db.prepare("SELECT 1").pluck().get(), seen.splice(0)]);
      db.close();
    },
  },
];
