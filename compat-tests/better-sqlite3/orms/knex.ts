import { load } from "./notes.ts";
import type { Notes } from "./notes.ts";

/** What Knex does with a database in a file. */
export async function askKnex(notes: Notes, file: string): Promise<void> {
  const { default: knex } = await load("knex");
  const warned: string[] = [];
  const tell = (text: string): unknown => warned.push(text);
  const toLog = { warn: tell, error: tell, debug: tell, deprecate: tell };
  const setting = { client: "better-sqlite3", useNullAsDefault: true, log: toLog };
  const db = knex({ ...setting, connection: { filename: file } });
  const log: unknown[] = [];
  db.on("query", ({ sql }: any) => log.push(sql));
  await db.raw("PRAGMA foreign_keys = ON");
  await migrations(notes, db);
  await schema(notes, db);
  await changes(notes, db);
  await rows(notes, db);
  await transactions(notes, db);
  await refusals(notes, db);
  // Names of temporary tables are random.
  await notes.ask("statements", () => log.filter((sql) => !String(sql).includes("_knex_temp")));
  await notes.ask("warnings", () => warned);
  await db.destroy();
  const exact = knex({
    ...setting,
    connection: { filename: file, options: { safeIntegers: true } },
  });
  await notes.ask("exact integers", () => exact("person").select("id", "born").orderBy("id"));
  await exact.destroy();
  const options = { readonly: true };
  const reader = knex({ ...setting, connection: { filename: file, options } });
  await notes.ask("read only", () => reader("person").count("* as n").first());
  await notes.ask("refused: a change", () => reader("person").insert({ name: "zoe" }));
  await reader.destroy();
}

const MIGRATIONS: readonly any[] = [
  {
    name: "1_people",
    up: async (db: any) => {
      await db.schema.createTable("person", (table: any) => {
        table.increments("id");
        table.string("name", 40).notNullable().unique();
        table.bigInteger("born").index();
        table.binary("picture");
        table.json("note");
        table.float("height").defaultTo(1.5);
      });
      await db.schema.createTable("pet", (table: any) => {
        table.increments();
        table.integer("owner").references("person.id").onDelete("CASCADE").notNullable();
        table.string("name");
        table.unique(["owner", "name"]);
        table.enu("kind", ["cat", "dog"]).defaultTo("cat");
      });
    },
    down: (db: any) => db.schema.dropTable("pet").dropTable("person"),
  },
  {
    name: "2_view",
    up: (db: any) =>
      db.schema.createView("named", (view: any) => view.as(db("pet").select("name"))),
    down: (db: any) => db.schema.dropView("named"),
  },
];

const everything = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name";

async function migrations(notes: Notes, db: any): Promise<void> {
  const source = (list: readonly any[]): object => ({
    migrationSource: {
      getMigrations: async () => list,
      getMigrationName: ({ name }: any) => name,
      getMigration: async (one: any) => one,
    },
  });
  const broken = {
    name: "3_broken",
    up: async (trx: any) => {
      await trx.schema.createTable("half", (table: any) => table.increments());
      await trx.schema.createTable("person", (table: any) => table.increments());
    },
    down: async () => undefined,
  };
  await notes.ask("migrate", () => db.migrate.latest(source(MIGRATIONS)));
  await notes.ask("refused: a broken migration", () => {
    return db.migrate.latest(source([...MIGRATIONS, broken]));
  });
  await notes.ask("no half", () => db.schema.hasTable("half"));
  await notes.ask("schema", () => db.raw(everything));
  await notes.ask("version", () => db.migrate.currentVersion(source(MIGRATIONS)));
  await notes.ask("down", () => db.migrate.down(source(MIGRATIONS)));
  await notes.ask("list", async () => {
    const [done, open] = await db.migrate.list(source(MIGRATIONS));
    return [done.map(({ name }: any) => name), open.map(({ name }: any) => name)];
  });
  await notes.ask("up", () => db.migrate.up(source(MIGRATIONS)));
  await notes.ask("rollback all", () => db.migrate.rollback(source(MIGRATIONS), true));
  await notes.ask("migrate anew", () => db.migrate.latest(source(MIGRATIONS)));
}

/** Knex changes a table of SQLite by making it anew. */
async function schema(notes: Notes, db: any): Promise<void> {
  await notes.ask("columns", () => db("person").columnInfo());
  await notes.ask("a column", () => db("pet").columnInfo("owner"));
  await notes.ask("has", async () => [
    await db.schema.hasTable("person"),
    await db.schema.hasColumn("person", "born"),
    await db.schema.hasColumn("person", "height2"),
  ]);
  const alter = (name: string, body: (table: any) => unknown): Promise<void> => {
    return notes.ask(name, () => db.schema.alterTable("pet", body));
  };
  await db("person").insert({ id: 1, name: "old" });
  await db("pet").insert({ id: 1, owner: 1, name: "rex" });
  // A table that is made anew cannot have views meanwhile.
  await notes.ask("drop view", () => db.schema.dropView("named"));
  await alter("add", (table) => table.text("more").defaultTo("x"));
  await alter("rename", (table) => table.renameColumn("more", "extra"));
  await alter("alter", (table) => table.string("extra", 9).notNullable().alter());
  await alter("drop nullable", (table) => table.dropNullable("name"));
  await alter("drop unique", (table) => table.dropUnique(["owner", "name"]));
  await alter("drop foreign", (table) => table.dropForeign("owner"));
  await alter("add foreign", (table) => table.foreign("owner").references("person.id"));
  await alter("index", (table) => table.index(["name"], "pet_name"));
  await alter("drop column", (table) => table.dropColumn("kind"));
  await notes.ask("rename table", () => db.schema.renameTable("pet", "animal"));
  await notes.ask("schema after", () => db.raw(everything));
  await notes.ask("rows after", () => db("animal").select());
  await notes.ask("ddl", () => db.schema.generateDdlCommands?.() ?? null);
}

async function changes(notes: Notes, db: any): Promise<void> {
  const person = (): any => db("person");
  const ann = { name: "ann", born: 5, picture: Buffer.from([0, 255]) };
  await notes.ask("insert", () => person().insert(ann));
  await notes.ask("insert many", () => person().insert([{ name: "bob" }, { name: "cid" }]));
  await notes.ask("insert, returning", () => person().insert({ name: "dan" }, ["id", "height"]));
  await notes.ask("insert, returning all", () => person().insert({ name: "eve" }).returning("*"));
  await notes.ask("merge", () => {
    return person().insert({ name: "ann", born: 6 }).onConflict("name").merge().returning("*");
  });
  await notes.ask("merge some", () => {
    return person().insert({ name: "bob", born: 7, height: 9 }).onConflict("name").merge(["born"]);
  });
  await notes.ask("ignore", () => person().insert({ name: "bob" }).onConflict("name").ignore());
  await notes.ask("update", () =>
    person()
      .where("id", ">", 2)
      .update({ born: new Date(9) }),
  );
  await notes.ask("update, returning", () => {
    return person()
      .where({ name: "cid" })
      .update({ note: JSON.stringify({ a: 1 }) }, "*");
  });
  await notes.ask("increment", () => person().increment({ born: 3 }));
  await notes.ask("delete", () => person().where("name", "eve").del());
  await notes.ask("delete, returning", () => person().where("name", "dan").del(["name"]));
  await notes.ask("batch", () => {
    const many = Array.from({ length: 120 }, (_, i) => ({ name: `p${i}`, born: i }));
    return db.batchInsert("person", many, 50).returning("id");
  });
  await notes.ask("truncate", () => db("animal").truncate());
  await notes.ask("raw", () => db.raw("UPDATE person SET born = ? WHERE name = ?", [1, "ann"]));
  await notes.ask("named raw", () => db.raw("SELECT :a AS a, :b AS b", { a: 1, b: "two" }));
}

async function rows(notes: Notes, db: any): Promise<void> {
  const first = (): any => db("person").where("id", "<", 6).orderBy("id");
  await notes.ask("rows", () => first().select());
  await notes.ask("first", () => first().first("name"));
  await notes.ask("none", () => first().where("id", 0).first());
  await notes.ask("pluck", () => first().pluck("name"));
  await notes.ask("aggregate", () => db("person").sum("born as s").avg("id as a").max("name as m"));
  await notes.ask("union", () => db("person").min("id as i").union(db("animal").count()));
  await notes.ask("with", () => {
    return db.with("few", first().select("name")).select().from("few").limit(2).offset(1);
  });
  await notes.ask("json", () => {
    return db("person").where("name", "cid").jsonExtract("note", "$.a", "a").select("name");
  });
  await notes.ask("awaited", async () => {
    const seen: unknown[] = [];
    for (const row of await first()) seen.push(row);
    return seen;
  });
}

async function transactions(notes: Notes, db: any): Promise<void> {
  const names = (): any => db("person").whereLike("name", "t-%").pluck("name");
  await notes.ask("transaction", () => {
    return db.transaction((trx: any) => trx("person").insert({ name: "t-1" }));
  });
  await notes.ask("refused: transaction that throws", () => {
    return db.transaction(async (trx: any) => {
      await trx("person").insert({ name: "t-2" });
      throw new RangeError("no");
    });
  });
  await notes.ask("nested", async () => {
    await db.transaction(async (trx: any) => {
      await trx("person").insert({ name: "t-3" });
      const inner = trx.transaction(async (deeper: any) => {
        await deeper("person").insert({ name: "t-4" });
        await deeper("person").insert({ name: "t-3" });
      });
      await inner.catch(() => undefined);
      await trx.transaction((deeper: any) => deeper("person").insert({ name: "t-5" }));
    });
    return names();
  });
  await notes.ask("by hand", async () => {
    const trx = await db.transaction();
    await trx("person").insert({ name: "t-6" });
    await trx.rollback();
    return [trx.isCompleted(), await names()];
  });
}

async function refusals(notes: Notes, db: any): Promise<void> {
  await notes.ask("refused: twice", () => db("person").insert({ name: "ann" }));
  await notes.ask("refused: null", () => db("person").insert({ name: null }));
  await notes.ask("refused: owner", () => db("animal").insert({ owner: 99, name: "x" }));
  await notes.ask("refused: no table", () => db("nothing").select());
  await notes.ask("refused: no column", () => db("person").select("nothing").where("a", 1));
  await notes.ask("refused: syntax", () => db.raw("SELEC 1"));
  await notes.ask("refused: too few values", () => {
    return db.client.acquireRawConnection().then((raw: any) => {
      try {
        return raw.prepare("SELECT ?, ?").get([1]);
      } finally {
        raw.close();
      }
    });
  });
}
