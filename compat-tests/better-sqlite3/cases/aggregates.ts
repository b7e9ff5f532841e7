import type { Case } from "../contract.ts";

const withLength = (length: unknown): (() => number) =>
  Object.defineProperty(() => 1, "length", { value: length });

export const aggregates: Case[] = [
  {
    name: "aggregates: registration",
    run({ open, ask }) {
      const db = open();
      const step = (): number => 1;
      const given: unknown[][] = [
        [],
        ["g"],
        [5, { step }],
        ["g", 5],
        ["g", null],
        ["g", {}],
        ["g", { step: 5 }],
        ["g", { step: null }],
        ["g", step],
        ["", { step }],
        ["g", { step, start: 5 }],
        ["g", { step, inverse: 5 }],
        ["g", { step, inverse: null, result: null, start: null }],
        ["g", { step, result: "x" }],
        ["g", { step, varargs: 1 }],
        ["g", { step, deterministic: 1 }],
        ["g", { step, directOnly: undefined }],
        ["g", { step, safeIntegers: 1 }],
        ["g", { step: withLength(-1) }],
        ["g", { step: withLength(0) }],
        ["g", { step: withLength(101) }],
        ["g", { step: withLength(102) }],
        ["g", { step: withLength(-2), varargs: true }],
      ];
      given.forEach((args, index) => ask(String(index), () => db.aggregate(...args) === db));
    },
  },
  {
    name: "aggregates: behaviour",
    run({ open, ask }) {
      const db = open();
      db.exec("CREATE TABLE t (a, b); INSERT INTO t VALUES (1, 'x'), (2, 'y'), (3, 'x')");
      const value = (sql: string): unknown => db.prepare(sql).pluck().all();
      db.aggregate("total_of", { start: 0, step: (t: number, x: number) => t + x });
      db.aggregate("list_of", {
        start: () => [],
        step: (list: unknown[], x: unknown) => {
          list.push(x);
        },
        result: (list: unknown[]) => list.join("-"),
      });
      ask("all rows", () => value("SELECT total_of(a) FROM t"));
      ask("groups", () => value("SELECT list_of(a) FROM t GROUP BY b"));
      ask("no rows", () => value("SELECT total_of(a) FROM t WHERE 0"));
      ask("no rows, by a start function", () => value("SELECT list_of(a) FROM t WHERE 0"));
      ask("two at once", () => value("SELECT total_of(a) || ':' || list_of(b) FROM t"));
      ask("distinct and filter", () =>
        value("SELECT list_of(DISTINCT b) || list_of(a) FILTER (WHERE a > 1) FROM t"),
      );
      ask("no start", () => {
        db.aggregate("unstarted", {
          step: (t: unknown, x: unknown) => `${String(t)},${String(x)}`,
        });
        return value("SELECT unstarted(a) FROM t");
      });
      ask("start undefined", () => {
        db.aggregate("undef", {
          start: undefined,
          step: (t: unknown, x: unknown) => `${String(t)},${x}`,
        });
        return value("SELECT undef(a) FROM t");
      });
      ask("several arguments", () => {
        db.aggregate("pairs", {
          start: "",
          step: (t: string, x: unknown, y: unknown) => `${t}${x}${y};`,
        });
        return value("SELECT pairs(a, b) FROM t");
      });
      ask("any number", () => {
        db.aggregate("many", {
          varargs: true,
          start: 0,
          step: (t: number, ...rest: unknown[]) => t + rest.length,
        });
        return [value("SELECT many() FROM t"), value("SELECT many(a, b, 1) FROM t")];
      });
      ask("wrong number", () => value("SELECT total_of(a, b) FROM t"));
      ask("as a window without an inverse", () => value("SELECT total_of(a) OVER () FROM t"));
      ask("as a window", () => {
        db.aggregate("moving", {
          start: () => 0,
          step: (t: number, x: number) => t + x,
          inverse: (t: number, x: number) => t - x,
          result: (t: number) => t * 10,
        });
        const frame = "ORDER BY a ROWS BETWEEN 1 PRECEDING AND CURRENT ROW";
        return [value(`SELECT moving(a) OVER (${frame}) FROM t`), value("SELECT moving(a) FROM t")];
      });
      ask("safe integers", () => {
        db.aggregate("exact", {
          safeIntegers: true,
          start: 0n,
          step: (t: bigint, x: bigint) => t + x,
        });
        return db.prepare("SELECT exact(a) FROM t").pluck().safeIntegers().all();
      });
    },
  },
  {
    name: "aggregates: failures",
    run({ open, ask }) {
      const db = open();
      db.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3)");
      const fail = (where: string) => (): never => {
        throw new RangeError(`in ${where}`);
      };
      const parts: Record<string, object> = {
        start: { start: fail("start"), step: (t: unknown, _x: unknown) => t },
        step: { start: 0, step: (_t: unknown, _x: unknown) => fail("step")() },
        result: { start: 0, step: (t: unknown, _x: unknown) => t, result: fail("result") },
        inverse: {
          start: 0,
          step: (t: number, x: number) => t + x,
          inverse: (_t: unknown, _x: unknown) => fail("inverse")(),
        },
      };
      const frame = "ORDER BY a ROWS BETWEEN 1 PRECEDING AND CURRENT ROW";
      for (const [name, definition] of Object.entries(parts)) {
        const over = name === "inverse" ? ` OVER (${frame})` : "";
        db.aggregate(`in_${name}`, definition);
        ask(`${name}: get`, () => db.prepare(`SELECT in_${name}(a)${over} FROM t`).get());
        ask(`${name}: all`, () => db.prepare(`SELECT in_${name}(a)${over} FROM t`).all());
        ask(`${name}: iterate`, () => [
          ...db.prepare(`SELECT in_${name}(a)${over} FROM t`).iterate(),
        ]);
        ask(`${name}: exec`, () => db.exec(`INSERT INTO t SELECT in_${name}(a)${over} FROM t`));
        ask(`${name}: nothing was written`, () => db.prepare("SELECT a FROM t").pluck().all());
        ask(`${name}: other errors are not mistaken`, () => db.exec("SELECT missing"));
      }
    },
  },
];
