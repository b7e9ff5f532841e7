import { DosqlError } from "../../base/errors.ts";
import type { SqlValue } from "../../base/value.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import { classify } from "../../sql/read/classify.ts";
import type { StatementClass } from "../../sql/read/statement-class.ts";
import { applyEdits, offsetBefore } from "../../sql/change/edit.ts";
import type { Edit } from "../../sql/change/edit.ts";
import { findHiddenIdentifier, hideEngineObjects } from "../../sql/change/hidden.ts";
import { liftLiterals } from "../../sql/change/lift.ts";
import { sessionValues } from "../../sql/change/session-values.ts";
import type {
  ConnectionAsks,
  SessionValue,
  SessionValues,
} from "../../sql/change/session-values.ts";
import { listParameters } from "../../sql/read/parameters.ts";
import type { SqlParameter } from "../../sql/read/parameters.ts";
import { splitScript } from "../../sql/script/split.ts";
import type { ScriptStatement } from "../../sql/script/split.ts";
import type { Parsed } from "../../sql/ast/statement.ts";
import { changeTraits } from "../capture/replace-mode.ts";
import type { ChangeTraits } from "../capture/replace-mode.ts";
import { LruMap } from "./lru-map.ts";
import { readPastMark } from "../time/past-mark.ts";
import type { PastMark } from "../time/past-mark.ts";
import { foldName } from "../../sql/fold-name.ts";

/** Texts remembered per shard; as many as there are plans. */
const TEXTS_KEPT = 1_000;

/**
 * SQLite's own default for SQLITE_MAX_VARIABLE_NUMBER. Checked before anything is made for each
 * parameter; a home that allows fewer says so itself.
 */
const MAX_PARAMETERS = 32_766;

/**
 * Longer texts are analysed each time: a thousand scripts of inserts must not fill memory, and
 * beside running them the analysis costs little. In UTF-16 units.
 */
export const LONGEST_KEPT = 16_384;

/** What is known of a statement's text alone. */
export interface KnownText {
  /** What SQLite gets: the statement alone, parameters by number, engine objects hidden. */
  readonly sql: string;
  readonly class: StatementClass;
  readonly parameters: readonly SqlParameter[];
  /** How many values it binds: the highest parameter number. */
  readonly parameterCount: number;
  /** What it says about conflicts; null when it changes no rows. */
  readonly change: ChangeTraits | null;
  /** What else it binds, behind its own parameters: counts that its session keeps. */
  readonly sessionValues: readonly SessionValue[];
  /** What SQLite itself has to answer: where no parameter can stand for a call. */
  readonly asks: ConnectionAsks;
  /** How it asks for tables as they were; null when it does not. */
  readonly past: PastMark | null;
  /** It will never run again: nothing is remembered of it. */
  readonly isOnce?: boolean;
  /** Where the statement begins in what was given, and what was changed in it from there on. */
  readonly start: number;
  readonly edits: readonly Edit[];
}

/**
 * Where in the given text stands what is at an offset of `sql`; not to be trusted behind reads of
 * the schema tables.
 */
export function givenOffset({ start, edits }: KnownText, at: number): number {
  return start + offsetBefore(edits, at);
}

/** A text with the values that were lifted out of it, or null when none were. */
export interface ReadText {
  readonly text: KnownText;
  readonly lifted: SqlValue[] | null;
}

/** Analyses statement texts once and remembers them. */
export class KnownTexts {
  readonly #hiddenPrefix: string;
  readonly #partialIndexColumns: () => ReadonlySet<string>;
  readonly #maxParameters: number;
  readonly #texts = new LruMap<string, KnownText>(TEXTS_KEPT);

  /** @param maxParameters the most that the home's driver binds */
  constructor(
    hiddenPrefix: string,
    partialIndexColumns: () => ReadonlySet<string>,
    maxParameters: number = MAX_PARAMETERS,
  ) {
    this.#hiddenPrefix = hiddenPrefix;
    this.#partialIndexColumns = partialIndexColumns;
    this.#maxParameters = maxParameters;
  }

  read(sql: string, lift: boolean): ReadText {
    const known = this.#texts.get(sql);
    if (known !== undefined) return { text: known, lifted: null };
    const parsed = attemptSqlite(sql);
    if (lift && !(parsed instanceof DosqlError)) {
      const excluded = this.#partialIndexColumns();
      const lifted = liftLiterals(sql, parsed, {
        exclude: (name) => excluded.has(foldName(name)),
        arithmeticInSet: true,
      });
      if (lifted !== null) {
        const text = this.#texts.get(lifted.text);
        if (text !== undefined) return { text, lifted: lifted.values };
        const own = attemptSqlite(lifted.text);
        return { text: this.#learn(lifted.text, own), lifted: lifted.values };
      }
    }
    return { text: this.#learn(sql, parsed), lifted: null };
  }

  /** After DDL: which literals may be lifted depends on the indexes. */
  forget(): void {
    this.#texts.clear();
  }

  #learn(sql: string, parsed: Parsed | DosqlError): KnownText {
    const known = analyse(sql, parsed, this.#hiddenPrefix, this.#maxParameters);
    if (sql.length <= LONGEST_KEPT) this.#texts.set(sql, known);
    return known;
  }
}

/** The one statement of a text, as the parser or, where it found none, the splitter finds it. */
function onlyStatement(given: string, parsed: Parsed | DosqlError): ScriptStatement {
  const statement = parsed instanceof DosqlError || parsed.more ? null : parsed.statement;
  if (statement !== null) {
    const { start, end } = statement;
    return { text: given.slice(start, end), start, end };
  }
  const statements = splitScript(given);
  const [first] = statements;
  if (first === undefined) {
    throw new DosqlError("invalid-argument", "The supplied SQL string contains no statements");
  }
  if (statements.length > 1) {
    throw new DosqlError(
      "invalid-argument",
      "The supplied SQL string contains more than one statement",
      { hint: "send the statements one by one, or as a script" },
    );
  }
  return first;
}

function analyse(
  given: string,
  parsedText: Parsed | DosqlError,
  hiddenPrefix: string,
  maxParameters: number,
): KnownText {
  const nul = given.indexOf("\0");
  if (nul >= 0) {
    // SQLite stops reading there, and would run what stands before as if it were all.
    throw new DosqlError("sqlite", "unrecognized token: a NUL character", {
      sqlite: "SQLITE_ERROR",
      at: nul,
    });
  }
  const { text, start } = onlyStatement(given, parsedText);
  const whole = text === given || !(parsedText instanceof DosqlError || parsedText.more);
  const parsed = whole ? parsedText : attemptSqlite(text);
  const hidden = whole
    ? findHiddenIdentifier(given, hiddenPrefix, parsed)
    : findHiddenIdentifier(text, hiddenPrefix, parsed);
  if (hidden !== null) {
    throw new DosqlError("hidden-object", `no such table: ${hidden.name}`, {
      at: (whole ? 0 : start) + hidden.at,
      hint: `names that begin with ${hiddenPrefix} belong to DoSQL`,
    });
  }
  const kind = classify(text, parsed);
  refuseUnread(parsed, kind);
  const parameters = listParameters(text);
  const parameterCount = parameters.reduce((most, p) => Math.max(most, p.number), 0);
  if (parameterCount > MAX_PARAMETERS) {
    throw new DosqlError("sqlite", `variable number must be between ?1 and ?${MAX_PARAMETERS}`, {
      sqlite: "SQLITE_ERROR",
    });
  }
  const counts = kind.mentions.rowidState
    ? findSessionValues(text, parameterCount, maxParameters)
    : NO_SESSION_VALUES;
  const edits = counts.edits.length > 0 ? counts.edits : numberParameters(parameters);
  let sql = applyEdits(text, edits);
  if (kind.mentions.schemaTable) {
    sql = hideEngineObjects(sql, hiddenPrefix, sql === given ? parsed : undefined);
  }
  const change = changeTraits(text, parsed, kind.kind);
  const { values, asks } = counts;
  return {
    sql,
    class: kind,
    parameters,
    parameterCount,
    change,
    sessionValues: values,
    asks,
    past: readPastMark(given, parsed),
    start,
    edits,
  };
}

const NO_SESSION_VALUES: SessionValues = {
  edits: [],
  values: [],
  asks: { rowid: false, counts: false },
};

/** What cannot be read, or has no room for more parameters, asks its connection. */
function findSessionValues(text: string, ownCount: number, maxParameters: number): SessionValues {
  const parsed = attemptSqlite(text);
  if (parsed instanceof DosqlError || parsed.statement === null) return ASKS_CONNECTION;
  const found = sessionValues(text, parsed.statement, ownCount + 1);
  return ownCount + found.values.length > maxParameters ? ASKS_CONNECTION : found;
}

const ASKS_CONNECTION: SessionValues = {
  ...NO_SESSION_VALUES,
  asks: { rowid: true, counts: true },
};

/**
 * What is too long or too deep for a tree is run by its first words when they read or write rows.
 * All else (temporary objects, pragmas, what EXPLAIN compiles) may not pass unread: it would act
 * on the one connection that all sessions share.
 */
function refuseUnread(parsed: Parsed | DosqlError, { kind, explain }: StatementClass): void {
  if (!(parsed instanceof DosqlError) || parsed.code !== "limit") return;
  const rows = kind === "read" || kind === "write" || kind === "transaction";
  if (!rows || explain) throw parsed;
}

/** `:a`, `@a` and `$a` become `?n`: drivers bind by number only. */
function numberParameters(parameters: readonly SqlParameter[]): Edit[] {
  const named = parameters.filter(({ name }) => name !== null);
  return named.map(({ start, end, number }) => ({ start, end, text: `?${number}` }));
}
