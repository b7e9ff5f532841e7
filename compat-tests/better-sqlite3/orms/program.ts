/*
 * `node --import ../suites/lead.ts program.ts NAME FOLDER`: what one query builder does in a
 * database of its own, printed as JSON. DOSQL_SUITE_DRIVER says over which driver.
 */
import path from "node:path";
import { askDrizzle } from "./drizzle.ts";
import { askKnex } from "./knex.ts";
import { askKysely } from "./kysely.ts";
import { Notes } from "./notes.ts";

const PROGRAMS = { kysely: askKysely, knex: askKnex, drizzle: askDrizzle };

const [name, folder = ""] = process.argv.slice(2);
const notes = new Notes();
await PROGRAMS[name as keyof typeof PROGRAMS](notes, path.join(folder, "app.db"));
console.log(JSON.stringify(notes.said));
