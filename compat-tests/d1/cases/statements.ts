import type { AnyD1, Ask, Case } from "../contract.ts";

async function fill(db: AnyD1): Promise<void> {
  await db.exec(
    "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, data BLOB)\n" +
      "INSERT INTO t VALUES (1, 'one', x'01'), (2, 'two', NULL), (3, NULL, x'0304')",
  );
}

async function askAll(db: AnyD1, ask: Ask): Promise<void> {
  await fill(db);
  const select = db.prepare("SELECT * FROM t WHERE id >= ? ORDER BY id");
  await ask("all", () => select.bind(2).all());
  await ask("run", () => select.bind(2).run());
  await ask("first", () => select.bind(2).first());
  await ask("raw", () => select.bind(2).raw());
  await ask("raw with names", () => select.bind(2).raw({ columnNames: true }));
  await ask("raw without names", () => select.bind(2).raw({ columnNames: false }));
  await ask("all of nothing", () => select.bind(9).all());
  await ask("first of nothing", () => select.bind(9).first());
  await ask("first column of nothing", () => select.bind(9).first("id"));
  await ask("raw of nothing", () => select.bind(9).raw());
  await ask("raw of nothing with names", () => select.bind(9).raw({ columnNames: true }));
}

async function askFirst(db: AnyD1, ask: Ask): Promise<void> {
  await fill(db);
  const select = db.prepare("SELECT *, 0 AS zero, '' AS blank FROM t ORDER BY id");
  for (const column of ["id", "name", "data", "zero", "blank", "ID", "nope", "", "toString"]) {
    await ask(`column ${JSON.stringify(column)}`, async () => typeof (await select.first(column)));
    await ask(`value of ${JSON.stringify(column)}`, async () => {
      const value = await select.first(column);
      return typeof value === "function" ? "a function" : value;
    });
  }
  await ask("null column", () => db.prepare("SELECT NULL AS n").first("n"));
  await ask("undefined column", () => select.first(undefined));
  await ask("a write", () => db.prepare("DELETE FROM t WHERE id = 1").first());
  await ask("after the write", () => db.prepare("SELECT count(*) AS n FROM t").first("n"));
  await ask("RETURNING", () => db.prepare("DELETE FROM t RETURNING id").first("id"));
  await ask("all rows went", () => db.prepare("SELECT count(*) AS n FROM t").first("n"));
}

async function askColumns(db: AnyD1, ask: Ask): Promise<void> {
  const duplicate = db.prepare("SELECT 1 AS a, 2 AS b, 3 AS a");
  await ask("duplicates in all", () => duplicate.all());
  await ask("duplicates in first", () => duplicate.first());
  await ask("duplicates in first(a)", () => duplicate.first("a"));
  await ask("duplicates in raw", () => duplicate.raw({ columnNames: true }));
  await db.exec("CREATE TABLE a (id, x)\nCREATE TABLE b (id, y)\nINSERT INTO a VALUES (1, 2)");
  await db.exec("INSERT INTO b VALUES (1, 3)");
  const join = db.prepare("SELECT * FROM a JOIN b USING (id)");
  await ask("join using", () => join.raw({ columnNames: true }));
  await ask("join on", () => db.prepare("SELECT * FROM a JOIN b ON a.id = b.id").all());
  const names = [
    "1",
    "1+1",
    "'x'",
    "a.id",
    "count(*)",
    'id AS "a b"',
    "1 /* c */",
    "(SELECT 1)",
    "1 AS __proto__",
    "1 AS [10], 2 AS [9]",
    "max(id)  +  1",
    "1 AS ''",
    "1 AS constructor",
  ];
  for (const name of names) {
    await ask(`name of ${name}`, () =>
      db.prepare(`SELECT ${name} FROM a`).raw({ columnNames: true }),
    );
    await ask(`key of ${name}`, () => db.prepare(`SELECT ${name} FROM a`).first());
  }
}

async function askImmutable(db: AnyD1, ask: Ask): Promise<void> {
  const select = db.prepare("SELECT ?1 AS v");
  const one = select.bind(1);
  const two = one.bind("two");
  await ask("bind makes a new one", () => (one as unknown) === select || two === one);
  await ask("the first", () => one.first("v"));
  await ask("the second", () => two.first("v"));
  await ask("the unbound", () => select.first("v"));
  await ask("statement", () => (two as unknown as { statement: unknown }).statement);
  await ask("params", () => (two as unknown as { params: unknown }).params);
  await ask("params of bytes", () => {
    return (select.bind(new Uint8Array([1, 2]), true) as unknown as { params: unknown }).params;
  });
  await ask("no params", () => (select as unknown as { params: unknown }).params);
  await ask("a bound array is kept", () => {
    const bytes = [1];
    return (select.bind(bytes) as unknown as { params: unknown[] }).params[0] === bytes;
  });
}

async function askShape(db: AnyD1, ask: Ask): Promise<void> {
  const statement = db.prepare("SELECT 1");
  const session = db.withSession();
  for (const [name, object] of Object.entries({ db, statement, session })) {
    await ask(`${name}: constructor`, () => object.constructor.name);
    await ask(`${name}: extensible`, () => Object.isExtensible(object));
    await ask(`${name}: then`, () => "then" in object);
    await ask(`${name}: takes a property`, () => {
      (object as unknown as Record<string, unknown>)["mine"] = 1;
      return (object as unknown as Record<string, unknown>)["mine"];
    });
    await ask(`${name}: members of its class`, () =>
      Object.getOwnPropertyNames(Object.getPrototypeOf(object))
        .filter((member) => !member.startsWith("_"))
        .toSorted(),
    );
  }
  await ask("prepare gives what the class makes", () => {
    return db.prepare("SELECT 2").constructor === statement.constructor;
  });
  await ask("prepare runs nothing", () => db.prepare("this is no SQL").constructor.name);
  await ask("a result's keys", async () => Object.keys(await statement.all()));
  await ask("an exec result's keys", async () => Object.keys(await db.exec("SELECT 1")));
}

async function askParameters(db: AnyD1, ask: Ask): Promise<void> {
  const hundred = Array.from({ length: 100 }, (_, i) => `?${i + 1}`).join(" + ");
  const ones = Array.from({ length: 100 }, () => 1);
  await ask("too few", () => db.prepare("SELECT ?, ?").bind(1).all());
  await ask("none", () => db.prepare("SELECT ?").all());
  await ask("too many", () => db.prepare("SELECT ?").bind(1, 2).all());
  await ask("for nothing", () => db.prepare("SELECT 1").bind(1).all());
  await ask("a gap", () => db.prepare("SELECT ?2").bind(1).all());
  await ask("a hundred", () =>
    db
      .prepare(`SELECT ${hundred} AS v`)
      .bind(...ones)
      .first("v"),
  );
  await ask("a hundred and one", () => {
    return db
      .prepare(`SELECT ${hundred} + ?101 AS v`)
      .bind(...ones, 1)
      .first("v");
  });
  await ask("in text", () => db.prepare("SELECT '?' AS v").first("v"));
  await ask("in a comment", () => db.prepare("SELECT 1 AS v -- ?").first("v"));
}

export const STATEMENT_CASES: readonly Case[] = [
  { name: "all, run, first, raw", run: askAll },
  { name: "first", run: askFirst },
  { name: "columns", run: askColumns },
  { name: "statements never change", run: askImmutable },
  { name: "shape", run: askShape },
  { name: "number of parameters", run: askParameters },
];
