/** A case in which our server rightly or for now answers otherwise than PostgreSQL. */
export interface KnownGap {
  readonly group: string;
  readonly case: string;
  readonly reason: string;
  /** All lines that differ: `-` is PostgreSQL's, `+` is ours. */
  readonly differences: readonly string[];
}

const SPOKEN =
  "PostgreSQL closes such a connection without a word to the client; ours says why first.";
const ONE_BY_ONE =
  "PostgreSQL parses the whole query string before it runs any of it; ours takes SQLite's " +
  "way, one statement after the other.";
const NO_NOTICE = "SQLite does not say that IF EXISTS or IF NOT EXISTS had nothing to do.";
const DIALECT_TYPES =
  "In SQLite's dialect an expression has no declared type, so its column is text, and an " +
  "unnamed column is named after its text.";
const MORE_POSITION = "Ours also points at the name of what is dropped.";
const NO_POSITION = "SQLite gives no place for this error.";
const NEGATIVE_ZERO =
  "SQLite stores a REAL without fraction as an INTEGER, which has no negative zero.";
const NOT_YET = "Not there yet, and refused by name.";

function gap(group: string, name: string, reason: string, ...differences: string[]): KnownGap {
  return { group, case: name, reason, differences };
}

/**
 * Every difference that is known; one that is not listed fails, and so does one that is gone.
 *
 * One gap has no case, because no message differs: a long write freezes the server. It runs on
 * the serving thread, where SQLite cannot be interrupted; other sessions, its own cancel and
 * statement_timeout wait until it ends.
 */
export const KNOWN_GAPS: readonly KnownGap[] = [
  gap(
    "startup",
    "protocol 2.0",
    "PostgreSQL answers in the form of protocol 2.0, which is no message of 3.0; ours answers " +
      "in that of 3.0.",
    "+ a< ErrorResponse FATAL 0A000",
  ),
  gap("startup", "a line of HTTP", SPOKEN, "+ a< ErrorResponse FATAL 08P01"),
  gap(
    "startup",
    "a startup packet that claims a gigabyte",
    SPOKEN,
    "+ a< ErrorResponse FATAL 08P01",
  ),
  gap("startup", "a startup packet of negative length", SPOKEN, "+ a< ErrorResponse FATAL 08P01"),
  gap(
    "startup",
    "a startup packet too short for a version",
    SPOKEN,
    "+ a< ErrorResponse FATAL 08P01",
  ),
  gap("startup", "a message of negative length", SPOKEN, "+ a< ErrorResponse FATAL 08P01"),
  gap("startup", "a message of length 3", SPOKEN, "+ a< ErrorResponse FATAL 08P01"),
  gap("startup", "a Sync of two gigabytes", SPOKEN, "+ a< ErrorResponse FATAL 08P01"),
  gap(
    "simple",
    "a syntax error at the end runs nothing",
    ONE_BY_ONE,
    "+ a< CommandComplete INSERT 0 1",
  ),
  gap(
    "transactions",
    "a syntax error in a failed block",
    "A failed block refuses statements by their first word; none of them reaches SQLite's " +
      "parser.",
    "- a< ErrorResponse ERROR 42601 at 1",
    "+ a< ErrorResponse ERROR 25P02",
  ),
  gap(
    "tags",
    "tables",
    NO_NOTICE,
    "- a< NoticeResponse NOTICE 42P07",
    "- a< NoticeResponse NOTICE 00000",
  ),
  gap(
    "tags",
    "indexes and views",
    NO_NOTICE,
    "- a< NoticeResponse NOTICE 42P07",
    "- a< NoticeResponse NOTICE 00000",
    "- a< NoticeResponse NOTICE 00000",
  ),
  gap(
    "tags",
    "CREATE TABLE AS",
    "SQLite does not count the rows that CREATE TABLE AS inserts.",
    "- a< CommandComplete SELECT 3",
    "+ a< CommandComplete CREATE TABLE",
  ),
  gap(
    "tags",
    "CREATE TEMP TABLE",
    NOT_YET,
    "- a< CommandComplete CREATE TABLE",
    "+ a< ErrorResponse ERROR 0A000",
    "- a< CommandComplete DROP TABLE",
    "+ a< ErrorResponse ERROR 42P01 at 12",
  ),
  gap(
    "tags",
    "SET of a dotted name",
    "Only dosql.dialect is known among dotted names; a setting that nothing reads is refused.",
    "- a< CommandComplete SET",
    "+ a< ErrorResponse ERROR 42704",
    "- a< RowDescription (own.setting text size -1)",
    '- a< DataRow ("x")',
    "- a< CommandComplete SHOW",
    "+ a< ErrorResponse ERROR 42704",
  ),
  gap(
    "tags",
    "PREPARE, EXECUTE and DEALLOCATE in SQL",
    NOT_YET,
    "- a< CommandComplete PREPARE",
    "- a< ReadyForQuery I",
    "- a< RowDescription (name text size -1)",
    '- a< DataRow ("two")',
    "- a< CommandComplete SELECT 1",
    "+ a< ErrorResponse ERROR 0A000",
    "- a< CommandComplete DEALLOCATE",
    "+ a< ErrorResponse ERROR 0A000",
    "+ a< ErrorResponse ERROR 0A000",
    "+ a< ReadyForQuery I",
  ),
  gap(
    "tags",
    "LISTEN and NOTIFY",
    NOT_YET,
    "- a< CommandComplete LISTEN",
    "+ a< ErrorResponse ERROR 0A000",
    "- a< CommandComplete NOTIFY",
    "- a< A 17 bytes",
    "+ a< ErrorResponse ERROR 0A000",
    "- a< CommandComplete UNLISTEN",
    "+ a< ErrorResponse ERROR 0A000",
  ),
  gap(
    "extended",
    "a statement made before its table changed",
    "The error 0A000 comes at Execute, when SQLite has prepared the statement again; " +
      "PostgreSQL looks at Bind.",
    "+ a< BindComplete",
    "+ a< RowDescription (id int8 size 8, name text size -1)",
  ),
  gap(
    "extended",
    "a statement whose table went",
    "SQLite sees at Execute that the table is gone; PostgreSQL at Bind.",
    "+ a< BindComplete",
  ),
  gap(
    "extended",
    "an unknown result format",
    "Ours refuses the format at Bind, PostgreSQL at Execute.",
    "- a< BindComplete",
    "- a< RowDescription (id int8 size 8 binary, name text size -1 binary)",
  ),
  gap(
    "extended",
    "a FunctionCall",
    "The function call protocol is not supported, whatever the function.",
    "- a< ErrorResponse ERROR 42883",
    "+ a< ErrorResponse ERROR 0A000",
  ),
  gap(
    "pipeline",
    "simple and extended in turn",
    "A simple query ends the implicit transaction of the pipeline before it; PostgreSQL 18 " +
      "keeps it open until Sync.",
    "- a< ReadyForQuery T",
    "+ a< ReadyForQuery I",
  ),
  gap(
    "datatypes",
    "types: a gap in the numbers",
    "A parameter that no statement uses is text in ours; PostgreSQL refuses what it cannot " +
      "type.",
    "- a< ErrorResponse ERROR 42P18",
    "+ a< ParseComplete",
    "+ a< ParameterDescription (int8, text, text)",
    "+ a< RowDescription (id int8 size 8)",
  ),
  gap(
    "datatypes",
    "types: count(*)",
    DIALECT_TYPES,
    "- a< RowDescription (count int8 size 8)",
    "+ a< RowDescription (count(*) int8 size 8)",
  ),
  gap(
    "datatypes",
    "types: count(*) by another name",
    DIALECT_TYPES,
    "- a< RowDescription (n int8 size 8)",
    "+ a< RowDescription (n text size -1)",
  ),
  gap(
    "datatypes",
    "types: arithmetic on a bigint column",
    DIALECT_TYPES,
    "- a< RowDescription (n int8 size 8)",
    "+ a< RowDescription (n text size -1)",
  ),
  gap(
    "datatypes",
    'float8: "-0"',
    NEGATIVE_ZERO,
    '- a< DataRow ("-0")',
    '+ a< DataRow ("0")',
    "- a< DataRow (x'8000000000000000')",
    "+ a< DataRow (x'0000000000000000')",
  ),
  gap(
    "datatypes",
    'float8: "NaN"',
    "SQLite stores NaN as NULL; ours refuses it rather than lose it.",
    "- a< BindComplete",
    "- a< NoData",
    "- a< CommandComplete INSERT 0 1",
    "+ a< ErrorResponse ERROR 22003",
    '- a< DataRow ("NaN")',
    "- a< CommandComplete SELECT 1",
    "+ a< CommandComplete SELECT 0",
    "- a< DataRow (x'7ff8000000000000')",
    "- a< CommandComplete SELECT 1",
    "+ a< CommandComplete SELECT 0",
    "- a< BindComplete",
    "- a< RowDescription (id int8 size 8)",
    '- a< DataRow ("1")',
    "- a< CommandComplete SELECT 1",
    "+ a< ErrorResponse ERROR 22003",
  ),
  gap(
    "datatypes",
    "float8: x'8000000000000000'",
    NEGATIVE_ZERO,
    '- a< DataRow ("-0")',
    '+ a< DataRow ("0")',
    "- a< DataRow (x'8000000000000000')",
    "+ a< DataRow (x'0000000000000000')",
  ),
  gap(
    "errors",
    "names: table",
    MORE_POSITION,
    "- a< ErrorResponse ERROR 42P01",
    "+ a< ErrorResponse ERROR 42P01 at 12",
  ),
  gap(
    "errors",
    "names: column",
    "SQLite does not say which part of a dotted name is unknown: the column is named, and " +
      "pointed at.",
    "- a< ErrorResponse ERROR 42703 at 8",
    "+ a< ErrorResponse ERROR 42703 at 10",
    "- a< ErrorResponse ERROR 42P01 at 8",
    "+ a< ErrorResponse ERROR 42703 at 15",
  ),
  gap(
    "errors",
    "names: index",
    MORE_POSITION,
    "- a< ErrorResponse ERROR 42704",
    "+ a< ErrorResponse ERROR 42704 at 12",
  ),
  gap(
    "errors",
    "names: view",
    MORE_POSITION,
    "- a< ErrorResponse ERROR 42P01",
    "+ a< ErrorResponse ERROR 42P01 at 11",
  ),
  gap(
    "errors",
    "syntax: an open comment",
    "In SQLite's dialect the end of the text ends a comment.",
    "- a< ErrorResponse ERROR 42601 at 10",
    "+ a< RowDescription (1 text size -1)",
    '+ a< DataRow ("1")',
    "+ a< CommandComplete SELECT 1",
  ),
  gap(
    "errors",
    "syntax: in the second statement",
    ONE_BY_ONE,
    "+ a< RowDescription (id int8 size 8)",
    '+ a< DataRow ("1")',
    "+ a< CommandComplete SELECT 1",
  ),
  gap(
    "errors",
    "syntax: too many values",
    NO_POSITION,
    "- a< ErrorResponse ERROR 42601 at 31",
    "+ a< ErrorResponse ERROR 42601",
  ),
  gap(
    "errors",
    "syntax: too few values",
    NO_POSITION,
    "- a< ErrorResponse ERROR 42601 at 20",
    "+ a< ErrorResponse ERROR 42601",
  ),
  gap(
    "errors",
    "syntax: a compound of unequal columns",
    NO_POSITION,
    "- a< ErrorResponse ERROR 42601 at 31",
    "+ a< ErrorResponse ERROR 42601",
  ),
  gap(
    "errors",
    "syntax: aggregate in WHERE",
    NO_POSITION,
    "- a< ErrorResponse ERROR 42803 at 24",
    "+ a< ErrorResponse ERROR 42803",
  ),
  gap(
    "errors",
    "fields: constraints name their table, column and constraint",
    "SQLite names the columns of a key, the text of a CHECK, and nothing of a foreign key.",
    "- a< ErrorResponse ERROR 23505 table t constraint t_pkey",
    "+ a< ErrorResponse ERROR 23505 table t column id",
    "- a< ErrorResponse ERROR 23514 table child constraint child_n_check",
    "+ a< ErrorResponse ERROR 23514 constraint n > 0",
    "- a< ErrorResponse ERROR 23503 table child constraint child_t_id_fkey",
    "+ a< ErrorResponse ERROR 23503",
  ),
  gap(
    "cancel",
    "a cancel in a block that has written fails it",
    "A read after own writes runs on the writer's connection in the serving process, where " +
      "SQLite cannot be interrupted: it ends by itself, and holds all sessions until then.",
    "- a< ErrorResponse ERROR 57014",
    "- a< ReadyForQuery E",
    "- a< ErrorResponse ERROR 25P02",
    "- a< ReadyForQuery E",
    '+ a< DataRow ("6125000")',
    "+ a< CommandComplete SELECT 1",
    "+ a< ReadyForQuery T",
    '+ a< DataRow ("1")',
    '+ a< DataRow ("2")',
    '+ a< DataRow ("3")',
    '+ a< DataRow ("10")',
    "+ a< CommandComplete SELECT 4",
    "+ a< ReadyForQuery T",
  ),
];
