import { type Attempt, Names } from "../attempt.ts";
import { changes } from "./changes.ts";
import { connection } from "./connection.ts";
import { definitions } from "./definitions.ts";
import { pragmas } from "./pragmas.ts";
import { reads, spellings } from "./reads.ts";
import { schemaTables } from "./schema-tables.ts";
import { virtualTables } from "./virtual-tables.ts";

const GROUPS: Readonly<Record<string, (names: Names) => Attempt[]>> = {
  read: reads,
  spelling: spellings,
  change: changes,
  definition: definitions,
  "schema table": schemaTables,
  pragma: pragmas,
  "virtual table": virtualTables,
  connection,
};

/** All attempts, for a home with that prefix; their names begin with their group's. */
export function allAttempts(prefix: string): Attempt[] {
  const names = new Names(prefix);
  return Object.entries(GROUPS).flatMap(([group, attempts]) =>
    attempts(names).map((attempt) => ({ ...attempt, name: `${group}: ${attempt.name}` })),
  );
}
