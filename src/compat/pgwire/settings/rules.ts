import { SCRAM_ITERATIONS } from "../auth/verifier.ts";
import { notSupported } from "../errors.ts";
import {
  invalidValue,
  oneOf,
  only,
  parseDateStyle,
  parseDuration,
  parseEncoding,
  parseFloatDigits,
  parseName,
  parseSearchPath,
  parseSwitch,
  parseTimeZone,
} from "./values.ts";
import type { SettingParser } from "./values.ts";

/** One setting that SET, SHOW and the startup packet know. */
export interface SettingRule {
  /** As Postgres spells it; clients may write any case. */
  readonly name: string;
  readonly initial: string;
  /** Null for what a client can only read. */
  readonly parse: SettingParser | null;
  /** The client is told of it at the start and at every change. */
  readonly reported: boolean;
  readonly description: string;
}

/**
 * Drivers read the server's version to decide what they may ask for; they all take a plain
 * number. It names the Postgres whose protocol behaviour is followed, not a product.
 */
export const SERVER_VERSION = "16.0";
const SERVER_VERSION_NUMBER = "160000";

const parseDialect: SettingParser = (given, name) => {
  const dialect = given.trim().toLowerCase();
  if (dialect === "sqlite") return dialect;
  if (dialect === "postgres") {
    throw notSupported("dosql.dialect 'postgres'", "It does not exist yet; use 'sqlite'.");
  }
  throw invalidValue(name, given, { hint: "Available values: sqlite." });
};

const parseIsolation = oneOf(
  "serializable",
  "repeatable read",
  "read committed",
  "read uncommitted",
);

/** Least severe first, as Postgres orders them for clients. */
export const MESSAGE_LEVELS = [
  "debug5",
  "debug4",
  "debug3",
  "debug2",
  "debug1",
  "log",
  "notice",
  "warning",
  "error",
] as const;

function rule(
  name: string,
  initial: string,
  parse: SettingParser | null,
  description: string,
): SettingRule {
  return { name, initial, parse, reported: false, description };
}

function reported(
  name: string,
  initial: string,
  parse: SettingParser | null,
  description: string,
): SettingRule {
  return { name, initial, parse, reported: true, description };
}

/**
 * All settings. What is not here does not exist: SET of it is an error, because a setting that
 * is taken and not heeded would lie.
 */
export const SETTING_RULES: readonly SettingRule[] = [
  reported("application_name", "", parseName, "Name that the client gave itself."),
  rule("bytea_output", "hex", only("hex"), "Text format of bytea."),
  reported("client_encoding", "UTF8", parseEncoding, "Encoding of the client's text."),
  rule("client_min_messages", "notice", oneOf(...MESSAGE_LEVELS), "Least notice that is sent."),
  reported("DateStyle", "ISO, MDY", parseDateStyle, "Format of dates."),
  rule(
    "default_transaction_isolation",
    "read committed",
    parseIsolation,
    "Isolation level of a BEGIN that names none.",
  ),
  reported(
    "default_transaction_read_only",
    "off",
    parseSwitch,
    "Whether new transactions are read-only.",
  ),
  rule("dosql.dialect", "sqlite", parseDialect, "The SQL that is spoken."),
  rule("extra_float_digits", "1", parseFloatDigits, "Digits of floating-point output."),
  rule(
    "idle_in_transaction_session_timeout",
    "0",
    parseDuration,
    "Longest pause inside a transaction; 0 is no limit.",
  ),
  rule("idle_session_timeout", "0", parseDuration, "Longest pause outside; 0 is no limit."),
  reported("in_hot_standby", "off", null, "Whether this is a replica."),
  reported("integer_datetimes", "on", null, "Part of the binary format."),
  reported("IntervalStyle", "postgres", only("postgres"), "Format of intervals."),
  reported("is_superuser", "off", null, "Whether the user is a superuser."),
  rule("lock_timeout", "0", parseDuration, "Longest wait for a lock; 0 is no limit."),
  reported("scram_iterations", String(SCRAM_ITERATIONS), null, "Work of a password's verifier."),
  reported("search_path", '"$user", public', parseSearchPath, "Schemas of unqualified names."),
  reported("server_encoding", "UTF8", null, "Encoding of the database."),
  reported("server_version", SERVER_VERSION, null, "Version of Postgres that is followed."),
  rule("server_version_num", SERVER_VERSION_NUMBER, null, "The same as a number."),
  reported("session_authorization", "", null, "The session's user."),
  reported("standard_conforming_strings", "on", only("on"), "Backslashes are plain characters."),
  rule("statement_timeout", "0", parseDuration, "Longest a statement may run; 0 is no limit."),
  reported("TimeZone", "UTC", parseTimeZone, "Time zone of the client."),
  rule("transaction_isolation", "read committed", null, "Isolation of this transaction."),
  rule("transaction_read_only", "off", null, "Whether this transaction is read-only."),
];
