/** Main of a process that holds a database for a program of the better-sqlite3 face. */
import { createDatabaseClass } from "../compat/better-sqlite3/database.ts";
import { HostedDatabase } from "../compat/better-sqlite3/hosted/hosted-database.ts";
import type { OpenDatabase } from "../compat/better-sqlite3/surface.ts";
import type { WorkerSettings } from "../compat/better-sqlite3/worker/worker-message.ts";
import { ProcessEnd } from "../platform/node/bridge/program-line.ts";
import { extrasOf } from "./node/facade-extras.ts";
import type { Extras } from "./node/facade-extras.ts";
import { facadeHome } from "./node/facade-home.ts";
import { processMain } from "./process-main.ts";

const [, , program = "", binding] = process.argv;
// better-sqlite3 is looked for where the program would find it.
process.argv[1] = program;
// It waits for its program, not for events: nobody could attach to what it owns.
const home = facadeHome(binding === "native" || binding === "builtin" ? binding : undefined, false);
const Database = createDatabaseClass(home);

function open(settings: WorkerSettings, log: (sql: unknown) => void): OpenDatabase {
  const { source, readonly, fileMustExist, timeoutMs, nativeBinding } = settings;
  const bytes = typeof source === "string" ? source : Buffer.from(source.buffer);
  return new Database(bytes, {
    readonly,
    fileMustExist,
    timeout: timeoutMs,
    ...(settings.log ? { verbose: log } : {}),
    ...(nativeBinding === null ? {} : { nativeBinding }),
  });
}

const line = new ProcessEnd(processMain("database-deadline"));
const extras = (database: OpenDatabase): Extras => extrasOf(database, home);
await new HostedDatabase(line, { open, begin: () => home.names.end(), extras }).serve();
process.exit(0);
