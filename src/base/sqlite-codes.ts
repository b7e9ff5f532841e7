/** Primary SQLite result codes by number (sqlite3.h). */
const PRIMARY: readonly string[] = [
  "OK",
  "ERROR",
  "INTERNAL",
  "PERM",
  "ABORT",
  "BUSY",
  "LOCKED",
  "NOMEM",
  "READONLY",
  "INTERRUPT",
  "IOERR",
  "CORRUPT",
  "NOTFOUND",
  "FULL",
  "CANTOPEN",
  "PROTOCOL",
  "EMPTY",
  "SCHEMA",
  "TOOBIG",
  "CONSTRAINT",
  "MISMATCH",
  "MISUSE",
  "NOLFS",
  "AUTH",
  "FORMAT",
  "RANGE",
  "NOTADB",
  "NOTICE",
  "WARNING",
];

/** Extended codes: the name's suffix at index (code >> 8), per primary code. Index 0 is unused. */
const EXTENDED: Readonly<Record<string, readonly string[]>> = {
  ERROR: ["", "MISSING_COLLSEQ", "RETRY", "SNAPSHOT"],
  IOERR: [
    "",
    "READ",
    "SHORT_READ",
    "WRITE",
    "FSYNC",
    "DIR_FSYNC",
    "TRUNCATE",
    "FSTAT",
    "UNLOCK",
    "RDLOCK",
    "DELETE",
    "BLOCKED",
    "NOMEM",
    "ACCESS",
    "CHECKRESERVEDLOCK",
    "LOCK",
    "CLOSE",
    "DIR_CLOSE",
    "SHMOPEN",
    "SHMSIZE",
    "SHMLOCK",
    "SHMMAP",
    "SEEK",
    "DELETE_NOENT",
    "MMAP",
    "GETTEMPPATH",
    "CONVPATH",
    "VNODE",
    "AUTH",
    "BEGIN_ATOMIC",
    "COMMIT_ATOMIC",
    "ROLLBACK_ATOMIC",
    "DATA",
    "CORRUPTFS",
    "IN_PAGE",
  ],
  LOCKED: ["", "SHAREDCACHE", "VTAB"],
  BUSY: ["", "RECOVERY", "SNAPSHOT", "TIMEOUT"],
  CANTOPEN: ["", "NOTEMPDIR", "ISDIR", "FULLPATH", "CONVPATH", "DIRTYWAL", "SYMLINK"],
  CORRUPT: ["", "VTAB", "SEQUENCE", "INDEX"],
  READONLY: ["", "RECOVERY", "CANTLOCK", "ROLLBACK", "DBMOVED", "CANTINIT", "DIRECTORY"],
  ABORT: ["", "", "ROLLBACK"],
  CONSTRAINT: [
    "",
    "CHECK",
    "COMMITHOOK",
    "FOREIGNKEY",
    "FUNCTION",
    "NOTNULL",
    "PRIMARYKEY",
    "TRIGGER",
    "UNIQUE",
    "VTAB",
    "ROWID",
    "PINNED",
    "DATATYPE",
  ],
  NOTICE: ["", "RECOVER_WAL", "RECOVER_ROLLBACK", "RBU"],
  WARNING: ["", "AUTOINDEX"],
  AUTH: ["", "USER"],
};

/**
 * The name of an SQLite result code, extended ones included.
 *
 * @example sqliteCodeName(2067) // "SQLITE_CONSTRAINT_UNIQUE"
 */
export function sqliteCodeName(code: number): string {
  const primary = PRIMARY[code & 0xff];
  if (primary === undefined) return `UNKNOWN_SQLITE_ERROR_${code}`;
  const suffix = code >> 8 === 0 ? "" : EXTENDED[primary]?.[code >> 8];
  if (suffix === undefined) return `UNKNOWN_SQLITE_ERROR_${code}`;
  return suffix === "" ? `SQLITE_${primary}` : `SQLITE_${primary}_${suffix}`;
}
