import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { load } from "./notes.ts";
import type { Notes } from "./notes.ts";

/** What Drizzle does with a database in a file. */
export async function askDrizzle(notes: Notes, file: string): Promise<void> {
  const { drizzle } = await load("drizzle-orm/better-sqlite3");
  const tables = await tablesOf();
  const log: unknown[] = [];
  const logger = { logQuery: (sql: string, values: unknown) => log.push([sql, values]) };
  const db = drizzle({ connection: { source: file }, schema: tables, logger });
  await notes.ask("opened", () => db.$client.constructor.name);
  await migrations(notes, db, path.dirname(file));
  await changes(notes, db, tables);
  await rows(notes, db, tables);
  await transactions(notes, db, tables);
  await refusals(notes, db, tables);
  await notes.ask("statements", () => log);
  db.$client.close();
  await notes.ask("refused: closed", () => db.select().from(tables.person).all());
}

async function tablesOf(): Promise<any> {
  const { relations } = await load("drizzle-orm");
  const core = await load("drizzle-orm/sqlite-core");
  const { sqliteTable, integer, text, blob, real, numeric } = core;
  const person = sqliteTable("person", {
    id: integer().primaryKey({ autoIncrement: true }),
    name: text().notNull().unique(),
    active: integer({ mode: "boolean" }),
    born: integer({ mode: "timestamp_ms" }),
    note: text({ mode: "json" }),
    picture: blob({ mode: "buffer" }),
    big: blob({ mode: "bigint" }),
    height: real().default(1.5),
    price: numeric(),
  });
  const pet = sqliteTable("pet", {
    id: integer().primaryKey(),
    owner: integer().references(() => person.id),
    name: text(),
  });
  return {
    person,
    pet,
    personRelations: relations(person, ({ many }: any) => ({ pets: many(pet) })),
    petRelations: relations(pet, ({ one }: any) => ({
      owned: one(person, { fields: [pet.owner], references: [person.id] }),
    })),
  };
}

const STEPS = [
  `CREATE TABLE person (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, active INTEGER,
     born INTEGER, note TEXT, picture BLOB, big BLOB, height REAL DEFAULT 1.5, price NUMERIC);
   --> statement-breakpoint
   CREATE UNIQUE INDEX person_name ON person (name);`,
  `CREATE TABLE pet (id INTEGER PRIMARY KEY, owner INTEGER REFERENCES person (id), name TEXT);
   --> statement-breakpoint
   CREATE VIEW named AS SELECT name FROM pet;`,
  `CREATE TABLE half (a);
   --> statement-breakpoint
   CREATE TABLE person (a);`,
];

async function migrations(notes: Notes, db: any, folder: string): Promise<void> {
  const { migrate } = await load("drizzle-orm/better-sqlite3/migrator");
  const prepare = (count: number): { migrationsFolder: string } => {
    const migrationsFolder = path.join(folder, `steps-${count}`);
    mkdirSync(path.join(migrationsFolder, "meta"), { recursive: true });
    const entries = STEPS.slice(0, count).map((sql, idx) => {
      const tag = `000${idx}_step`;
      writeFileSync(path.join(migrationsFolder, `${tag}.sql`), sql);
      return { idx, when: 1000 + idx, tag, version: "6", breakpoints: true };
    });
    const journal = { version: "7", dialect: "sqlite", entries };
    writeFileSync(path.join(migrationsFolder, "meta/_journal.json"), JSON.stringify(journal));
    return { migrationsFolder };
  };
  const schema = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name";
  await notes.ask("migrate one", () => migrate(db, prepare(1)));
  await notes.ask("migrate two", () => migrate(db, prepare(2)));
  await notes.ask("again", () => migrate(db, prepare(2)));
  await notes.ask("refused: a broken migration", () => migrate(db, prepare(3)));
  await notes.ask("schema", () => db.all(schema));
  await notes.ask("migrations", () => db.all("SELECT hash, created_at FROM __drizzle_migrations"));
}

async function changes(notes: Notes, db: any, { person, pet }: any): Promise<void> {
  const { eq, gt, sql } = await load("drizzle-orm");
  const ann = { name: "ann", active: true, note: { a: [1] }, big: 2n ** 70n, price: "1.50" };
  await notes.ask("insert", () => db.insert(person).values(ann).run());
  await notes.ask("insert many, returning", () => {
    const values = [
      { name: "bob", picture: Buffer.from("b") },
      { name: "cid", active: false },
    ];
    return db.insert(person).values(values).returning().all();
  });
  await notes.ask("insert, returning one", () => {
    return db.insert(person).values({ name: "dan" }).returning({ id: person.id }).get();
  });
  await notes.ask("upsert", () => {
    const set = { height: sql`excluded.height` };
    const again = db.insert(person).values({ name: "ann", height: 2 });
    return again.onConflictDoUpdate({ target: person.name, set }).returning().all();
  });
  await notes.ask("do nothing", () => {
    return db.insert(person).values({ name: "ann" }).onConflictDoNothing().run();
  });
  await notes.ask("update", () =>
    db.update(person).set({ price: "9" }).where(gt(person.id, 2)).run(),
  );
  await notes.ask("update, returning", () => {
    return db.update(person).set({ active: true }).where(eq(person.id, 2)).returning().get();
  });
  await notes.ask("insert from select", () => {
    const from = db.select({ id: person.id, owner: person.id, name: person.name }).from(person);
    return db.insert(pet).select(from).run();
  });
  await notes.ask("delete", () => db.delete(pet).where(eq(pet.id, 4)).run());
  await notes.ask("delete, returning", () => db.delete(pet).where(eq(pet.id, 3)).returning().all());
}

/* Related rows come as JSON, which cannot hold them. */
const NO_BLOBS = { picture: false, big: false };

async function rows(notes: Notes, db: any, { person, pet }: any): Promise<void> {
  const { eq, sql, count, asc } = await load("drizzle-orm");
  await notes.ask("rows", () => db.select().from(person).all());
  await notes.ask("a row", () => db.select().from(person).get());
  await notes.ask("no row", () => db.select().from(person).where(eq(person.id, 99)).get());
  await notes.ask("values", () => db.select({ id: person.id }).from(person).values());
  await notes.ask("awaited", () => db.select({ name: person.name }).from(person));
  await notes.ask("join", () => {
    return db.select().from(pet).leftJoin(person, eq(pet.owner, person.id)).orderBy(asc(pet.id));
  });
  await notes.ask("group", () => {
    return db.select({ a: person.active, n: count() }).from(person).groupBy(person.active).all();
  });
  await notes.ask("count", () => db.$count(person));
  await notes.ask("prepared", () => {
    const where = eq(person.name, sql.placeholder("name"));
    const statement = db.select({ id: person.id }).from(person).where(where).prepare();
    return ["ann", "cid", "nobody"].map((name) => [
      statement.all({ name }),
      statement.get({ name }),
      statement.values({ name }),
    ]);
  });
  await notes.ask("relations", () => {
    const pets = { with: { owned: { columns: { name: true } } } };
    return db.query.person.findMany({ columns: NO_BLOBS, with: { pets }, limit: 2 });
  });
  await notes.ask("a relation", () => {
    return db.query.pet.findFirst({ with: { owned: { columns: NO_BLOBS } } }).sync();
  });
  await notes.ask("raw", () => [
    db.all(sql`SELECT ${1} AS a, ${"two"} AS b`),
    db.get(sql`SELECT 1 AS a`),
    db.values(sql`SELECT 1, 'two', 3.5, NULL, x'00ff'`),
    db.run(sql`UPDATE person SET height = height + 1`),
  ]);
  await notes.ask("iterate", () => {
    const statement = db.$client.prepare("SELECT id, name FROM person ORDER BY id");
    const seen: unknown[] = [];
    for (const row of statement.raw().iterate()) if (seen.push(row) === 2) break;
    return [seen, statement.columns()];
  });
}

async function transactions(notes: Notes, db: any, { person }: any): Promise<void> {
  const add = (to: any, name: string): any => to.insert(person).values({ name }).run();
  const names = (): any => db.select({ name: person.name }).from(person).all();
  await notes.ask("transaction", () => db.transaction((tx: any) => add(tx, "t-1")));
  await notes.ask("immediate", () => {
    return db.transaction((tx: any) => add(tx, "t-2"), { behavior: "immediate" });
  });
  await notes.ask("refused: rollback", () => {
    return db.transaction((tx: any) => {
      add(tx, "t-3");
      tx.rollback();
    });
  });
  await notes.ask("nested", () => {
    db.transaction((tx: any) => {
      add(tx, "t-4");
      try {
        tx.transaction((deeper: any) => {
          add(deeper, "t-5");
          deeper.rollback();
        });
      } catch {
        add(tx, "t-6");
      }
      tx.transaction((deeper: any) => add(deeper, "t-7"));
    });
    return names();
  });
  await notes.ask("refused: a promise", () => db.transaction(async (tx: any) => add(tx, "t-8")));
  await notes.ask("names", names);
}

async function refusals(notes: Notes, db: any, { person, pet }: any): Promise<void> {
  const { sql } = await load("drizzle-orm");
  await notes.ask("refused: twice", () => db.insert(person).values({ name: "ann" }).run());
  await notes.ask("refused: owner", () => db.insert(pet).values({ owner: 99 }).run());
  await notes.ask("refused: no table", () => db.all(sql`SELECT * FROM nothing`));
  await notes.ask("refused: syntax", () => db.run(sql`SELEC 1`));
  await notes.ask("refused: rows of a change", () => db.all(sql`DELETE FROM pet`));
}
