import type { DosqlError } from "../base/errors.ts";

/** What the process' exit code means; `--help` prints this table. */
export const EXIT = {
  ok: 0,
  sql: 1,
  usage: 2,
  owned: 3,
  badFile: 4,
  address: 5,
  io: 6,
  runtime: 7,
  bug: 70,
  interrupted: 130,
} as const;

/** The table as text, one line each. */
export const EXIT_CODE_LINES: readonly string[] = [
  "  0  success",
  "  1  an SQL statement or a script failed, or a copy differs",
  "  2  wrong usage",
  "  3  the data folder is owned by another process",
  "  4  a file or folder is missing, not accessible, foreign, corrupt or too new",
  "  5  an address is in use or refused, or a server cannot be reached",
  "  6  the disk is full, or the operating system reported an I/O error",
  "  7  this Node is too old",
  " 70  a bug in dosql",
  "130  interrupted (Ctrl-C)",
];

/** The exit code that an error deserves. */
export function exitCodeOf(error: DosqlError): number {
  switch (error.code) {
    case "sqlite":
      return sqliteExitCode(error.sqlite ?? "");
    case "invalid-argument":
      return EXIT.usage;
    case "owned":
      return EXIT.owned;
    case "bad-file":
    case "format-too-new":
      return EXIT.badFile;
    case "address":
    case "connection":
    case "authentication":
    case "protocol":
      return EXIT.address;
    case "io":
      return EXIT.io;
    case "runtime":
      return EXIT.runtime;
    case "bug":
      return EXIT.bug;
    default:
      return EXIT.sql;
  }
}

/** The exit code when a statement failed: what is wrong is in it, not in our arguments. */
export function statementExitCode(error: DosqlError): number {
  const code = exitCodeOf(error);
  return code === EXIT.usage ? EXIT.sql : code;
}

function sqliteExitCode(name: string): number {
  if (/^SQLITE_(?:FULL|IOERR|NOLFS|NOMEM)/.test(name)) return EXIT.io;
  if (/^SQLITE_(?:CORRUPT|NOTADB|CANTOPEN|FORMAT|READONLY)/.test(name)) return EXIT.badFile;
  return EXIT.sql;
}
