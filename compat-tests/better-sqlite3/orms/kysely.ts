import { load } from "./notes.ts";
import type { Notes } from "./notes.ts";

/** What Kysely does with a database in a file. */
export async function askKysely(notes: Notes, file: string): Promise<void> {
  const { Kysely, SqliteDialect } = await load("kysely");
  const { default: Database } = await load("better-sqlite3");
  const log: string[] = [];
  const db = new Kysely({
    dialect: new SqliteDialect({ database: new Database(file) }),
    log: ({ query }: any) => log.push(query.sql),
  });
  await migrations(notes, db);
  await changes(notes, db);
  await rows(notes, db);
  await transactions(notes, db);
  await refusals(notes, db, Database);
  await notes.ask("statements", () => log);
  await db.destroy();
  await notes.ask("refused: after destroy", () => db.selectFrom("person").selectAll().execute());
}

const MIGRATIONS = {
  "1_people": {
    up: async (db: any) => {
      await db.schema
        .createTable("person")
        .addColumn("id", "integer", (column: any) => column.primaryKey().autoIncrement())
        .addColumn("name", "varchar(40)", (column: any) => column.notNull().unique())
        .addColumn("born", "bigint")
        .addColumn("picture", "blob")
        .addColumn("height", "real", (column: any) => column.defaultTo(1.5))
        .execute();
      await db.schema
        .createTable("pet")
        .addColumn("id", "integer", (column: any) => column.primaryKey())
        .addColumn("owner", "integer", (column: any) => {
          return column.references("person.id").onDelete("cascade").notNull();
        })
        .addColumn("name", "text")
        .addUniqueConstraint("pet_names", ["owner", "name"])
        .addCheckConstraint("pet_named", db.fn("length", ["name"]))
        .execute();
    },
    down: async (db: any) => {
      await db.schema.dropTable("pet").execute();
      await db.schema.dropTable("person").execute();
    },
  },
  "2_view": {
    up: async (db: any) => {
      await db.schema.createIndex("pet_name").on("pet").column("name").execute();
      await db.schema.createView("named").as(db.selectFrom("pet").select("name")).execute();
      await db.schema.alterTable("person").addColumn("note", "json").execute();
      await db.schema.alterTable("person").renameColumn("height", "size").execute();
    },
    down: async (db: any) => {
      await db.schema.dropView("named").execute();
      await db.schema.dropIndex("pet_name").execute();
      await db.schema.alterTable("person").dropColumn("note").execute();
      await db.schema.alterTable("person").renameColumn("size", "height").execute();
    },
  },
};

async function migrations(notes: Notes, db: any): Promise<void> {
  const { Migrator } = await load("kysely/migration");
  const broken = {
    ...MIGRATIONS,
    "3_broken": {
      up: async (trx: any) => {
        await trx.schema.createTable("half").addColumn("a", "text").execute();
        await trx.schema.createTable("person").addColumn("a", "text").execute();
      },
    },
  };
  const over = (all: object): any =>
    new Migrator({ db, provider: { getMigrations: async () => all } });
  const tables = (): Promise<unknown> => {
    return db.introspection.getTables({ withInternalKyselyTables: true });
  };
  await notes.ask("tables before", tables);
  await notes.ask("a broken migration", () => over(broken).migrateToLatest());
  await notes.ask("tables after the broken one", tables);
  await notes.ask("migrate", () => over(MIGRATIONS).migrateToLatest());
  await notes.ask("migrate again", () => over(MIGRATIONS).migrateToLatest());
  await notes.ask("tables", tables);
  await notes.ask("down", () => over(MIGRATIONS).migrateDown());
  await notes.ask("tables after down", tables);
  await notes.ask("up", () => over(MIGRATIONS).migrateUp());
  await notes.ask("migrations", async () => {
    const all = await over(MIGRATIONS).getMigrations();
    return all.map(({ name, executedAt }: any) => [name, executedAt !== undefined]);
  });
  await notes.ask("schemas", () => db.introspection.getSchemas());
}

async function changes(notes: Notes, db: any): Promise<void> {
  const { sql } = await load("kysely");
  const person = (): any => db.insertInto("person");
  await notes.ask("insert", () => person().values({ name: "ann", born: 9_007_199_254n }).execute());
  await notes.ask("insert many, returning", () => {
    const values = [{ name: "bob", picture: Buffer.from("b") }, { name: "cid" }];
    return person().values(values).returningAll().execute();
  });
  await notes.ask("upsert", () => {
    const update = { size: (eb: any) => eb.ref("excluded.size") };
    return person()
      .values({ name: "ann", size: 2 })
      .onConflict((conflict: any) => conflict.column("name").doUpdateSet(update))
      .returning(["id", "name", "size"])
      .executeTakeFirst();
  });
  await notes.ask("on conflict do nothing", () => {
    const nothing = (conflict: any): any => conflict.column("name").doNothing();
    return person().values({ name: "ann" }).onConflict(nothing).executeTakeFirst();
  });
  await notes.ask("or ignore", () => person().orIgnore().values({ name: "bob" }).execute());
  await notes.ask("replace", () => {
    return db.replaceInto("pet").values({ id: 1, owner: 1, name: "rex" }).executeTakeFirst();
  });
  await notes.ask("update", () => {
    return db.updateTable("person").set({ born: 1 }).where("id", ">", 1).executeTakeFirst();
  });
  await notes.ask("update, returning", () => {
    const set = { note: JSON.stringify({ a: [1] }) };
    return db.updateTable("person").set(set).where("id", "=", 1).returningAll().execute();
  });
  await notes.ask("insert from select", () => {
    const from = (eb: any): any => eb.selectFrom("person").select(["id", "name"]);
    return db.insertInto("pet").columns(["owner", "name"]).expression(from).execute();
  });
  await notes.ask("delete", () => db.deleteFrom("pet").where("id", "=", 1).executeTakeFirst());
  await notes.ask("raw change", () => sql`UPDATE person SET born = born + 1`.execute(db));
  await notes.ask("raw pragma", () => sql`PRAGMA table_info(pet)`.execute(db));
}

async function rows(notes: Notes, db: any): Promise<void> {
  const { sql } = await load("kysely");
  const people = (): any => db.selectFrom("person").selectAll().orderBy("id");
  await notes.ask("rows", () => people().execute());
  await notes.ask("a row", () => people().executeTakeFirst());
  await notes.ask("no row", () => people().where("id", "=", 99).executeTakeFirst());
  await notes.ask("join", () => {
    return people().innerJoin("pet", "pet.owner", "person.id").select("pet.name as pet").execute();
  });
  await notes.ask("json", () => {
    const value = sql`json_group_array(json_object('id', id))`.as("all");
    return db.selectFrom("person").select(value).execute();
  });
  await notes.ask("plan", () => sql`EXPLAIN QUERY PLAN SELECT * FROM pet`.execute(db));
  await notes.ask("stream", async () => {
    const seen: unknown[] = [];
    for await (const row of people().stream()) seen.push(row);
    return seen;
  });
  await notes.ask("a stream left, then a change", async () => {
    for await (const row of people().stream()) {
      const { name } = row as { readonly name: string };
      if (name === "bob") break;
    }
    return db.insertInto("person").values({ name: "dan" }).execute();
  });
}

async function transactions(notes: Notes, db: any): Promise<void> {
  const add = (to: any, name: string): any => to.insertInto("person").values({ name }).execute();
  const names = (): any => db.selectFrom("person").select("name").orderBy("name").execute();
  await notes.ask("transaction", () => db.transaction().execute((trx: any) => add(trx, "eve")));
  await notes.ask("refused: transaction that throws", () => {
    return db.transaction().execute(async (trx: any) => {
      await add(trx, "fay");
      throw new RangeError("no");
    });
  });
  await notes.ask("names", names);
  await notes.ask("savepoints", async () => {
    const trx = await db.startTransaction().execute();
    await add(trx, "gus");
    const inner = await trx.savepoint("inner").execute();
    await add(inner, "hal");
    const outer = await inner.rollbackToSavepoint("inner").execute();
    await add(outer, "ida");
    const last = await outer.savepoint("last").execute();
    await add(last, "jim");
    await last.releaseSavepoint("last").execute();
    await trx.commit().execute();
    return names();
  });
  await notes.ask("rolled back", async () => {
    const trx = await db.startTransaction().execute();
    await add(trx, "kim");
    await trx.rollback().execute();
    return names();
  });
}

async function refusals(notes: Notes, db: any, Database: any): Promise<void> {
  const { sql } = await load("kysely");
  const person = (): any => db.insertInto("person");
  await notes.ask("refused: twice", () => person().values({ name: "ann" }).execute());
  await notes.ask("refused: null", () => person().values({ name: null }).execute());
  await notes.ask("refused: owner", () => {
    return db.insertInto("pet").values({ owner: 99, name: "x" }).execute();
  });
  await notes.ask("refused: check", () => {
    return db.insertInto("pet").values({ owner: 1, name: "" }).execute();
  });
  await notes.ask("refused: no table", () => db.selectFrom("nothing").selectAll().execute());
  await notes.ask("refused: syntax", () => sql`SELEC 1`.execute(db));
  await notes.ask("refused: a boolean", () => person().values({ name: true }).execute());
  await notes.ask("class of errors", async () => {
    const error: unknown = await person()
      .values({ name: "ann" })
      .execute()
      .catch((reason: unknown) => reason);
    return [error instanceof Database.SqliteError, error instanceof Error];
  });
}
