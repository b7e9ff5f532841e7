import type { Dialect } from "./dialect.ts";
import { POSTGRES_KEYWORDS } from "./keywords-postgres.ts";
import { postgresName } from "./name-postgres.ts";
import { scanPostgres } from "./scan-postgres.ts";
import { CHARACTER, startTable } from "./scanner.ts";

/** Postgres' tokens, as the scanner of version 18 reads them with standard strings. */
export const POSTGRES: Dialect = {
  name: "postgres",
  starts: startTable({
    bBeEnNuUxX: CHARACTER.prefix,
    " \t\n\v\f\r": CHARACTER.space,
    ".": CHARACTER.dot,
    "()[],;": CHARACTER.punctuation,
    "~!@#^&|`?+-*/%<>=": CHARACTER.operator,
  }),
  keywords: POSTGRES_KEYWORDS,
  skipsByteOrderMark: false,
  scan: scanPostgres,
  nameOf: postgresName,
};
