import { DosqlError } from "../../base/errors.ts";
import type { Lsn } from "../../base/lsn.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import { ENTRY } from "../log/layout.ts";
import type { Relation } from "../log/relation.ts";
import type { History } from "./history.ts";
import type { ViewVersion } from "./view-table.ts";
import { ViewTable } from "./view-table.ts";
import { foldName } from "../../sql/fold-name.ts";

/** A table as it was, and where the log says what happened to its rows since. */
export interface PastTable {
  readonly kind: "table";
  /** Then: the end of a transaction. */
  readonly at: Lsn;
  /** As of then. */
  readonly relation: Relation;
  /** All that it was since, oldest first, `relation` included. */
  readonly relations: readonly Relation[];
  /** What it is now; null when it is gone. */
  readonly live: Relation | null;
}

/** A view as it was. */
export interface PastView {
  readonly kind: "view";
  readonly name: string;
  /** CREATE VIEW. */
  readonly sql: string;
}

/** The schema as of one position of the log. */
export class PastSchema {
  readonly #at: Lsn;
  readonly #history: History;
  readonly #views: ViewTable;

  /** @param at the end of a transaction */
  constructor(history: History, at: Lsn) {
    this.#at = at;
    this.#history = history;
    this.#views = new ViewTable(history.driver);
  }

  /**
   * What a name stood for.
   *
   * @param shown the name as errors have it
   * @throws DosqlError as SQLite does where there was nothing, `history-gone` where that is not
   * known, `unsupported` for a table whose changes are not captured
   */
  find(name: string, shown: string): PastTable | PastView {
    refuseReserved(name);
    const relations = this.#history.log.relations.named(name);
    // The log has its rows, but no table can be made of them that finds them as its module would.
    if (relations.some(({ sql }) => /^create\s+virtual\b/i.test(sql))) {
      throw unsupportedTable(`virtual table ${name}`);
    }
    const relation = relations.findLast((one) => this.#holds(one));
    if (relation !== undefined) return this.#table(relation);
    const views = this.#views.named(name);
    const view = views.findLast((one) => this.#holds(one));
    if (view !== undefined) return { kind: "view", name: view.name, sql: view.sql };
    throw this.#missing(name, [...relations, ...views]) ?? noSuchTable(shown);
  }

  #holds({ fromLsn, toLsn }: Relation | ViewVersion): boolean {
    return fromLsn <= this.#at && (toLsn === null || toLsn > this.#at);
  }

  #table(relation: Relation): PastTable {
    const relations = this.#history.log.relations
      .ofTable(relation.tableId)
      .filter(({ id }) => id >= relation.id);
    for (const [i, one] of relations.entries()) {
      const before = relations[i - 1];
      if (before === undefined) continue;
      if (this.#losesColumns(relation, before, one)) throw this.#broken(relation.name);
    }
    const last = relations.at(-1) ?? relation;
    const at = this.#at;
    if (last.toLsn === null) return { kind: "table", at, relation, relations, live: last };
    if (this.#endOf(last) !== "drop") throw this.#broken(relation.name);
    return { kind: "table", at, relation, relations, live: null };
  }

  /** Columns that went without a DDL of ours, which would have logged their values. */
  #losesColumns(then: Relation, before: Relation, after: Relation): boolean {
    const has = ({ columns }: Relation, wanted: number): boolean =>
      columns.some(({ id }) => id === wanted);
    if (then.columns.every(({ id }) => has(after, id) || !has(before, id))) return false;
    const entry = this.#history.entryAt(after.fromLsn);
    return entry?.code !== ENTRY.ddl || !this.#isOurs(after.fromLsn);
  }

  /** Whether a session of ours did it, so that the rows were logged which it took away. */
  #isOurs(lsn: Lsn): boolean {
    const origin = this.#history.originOf(lsn);
    return origin !== "foreign" && origin !== "snapshot";
  }

  /** How the last relation of a table ended. DROP TABLE logs its rows, others do not. */
  #endOf({ name, toLsn }: Relation): "drop" | "capture" | "unknown" {
    const entry = toLsn === null ? null : this.#history.entryAt(toLsn);
    if (entry === null) return "unknown";
    if (entry.code !== ENTRY.ddl || !this.#isOurs(entry.lsn)) return "capture";
    const parsed = attemptSqlite(String(entry.values[1]));
    const isDrop = !(parsed instanceof DosqlError) && parsed.statement?.kind === "drop";
    return isDrop && foldName(String(entry.values[0])) === foldName(name) ? "drop" : "capture";
  }

  /** Whether capture of a table ended while the table went on. */
  #wasLeft(relation: Relation): boolean {
    const later = this.#history.log.relations
      .ofTable(relation.tableId)
      .some(({ id }) => id > relation.id);
    return !later && this.#endOf(relation) === "capture";
  }

  #broken(name: string): DosqlError {
    return this.#history.gone(
      `the changes of table ${name} since LSN ${this.#at} were not all captured`,
    );
  }

  /** Why a name that was not there cannot be said to be nothing; null when it can. */
  #missing(name: string, known: readonly (Relation | ViewVersion)[]): DosqlError | null {
    const before = known.findLast(({ toLsn }) => toLsn !== null && toLsn <= this.#at);
    if (before !== undefined && "tableId" in before && this.#wasLeft(before)) {
      return this.#broken(name);
    }
    const next = known.find(({ fromLsn }) => fromLsn > this.#at);
    const origin = next === undefined ? null : this.#history.originOf(next.fromLsn);
    // It stood there before anything of it was captured.
    if (origin === "snapshot" || origin === "foreign") return this.#broken(name);
    return next === undefined ? this.#uncaptured(name) : null;
  }

  /** Refuses what exists now and of which the log tells nothing. */
  #uncaptured(name: string): DosqlError | null {
    const [row] = this.#history.driver
      .prepare(
        "SELECT s.type, l.type FROM sqlite_schema AS s " +
          "LEFT JOIN pragma_table_list AS l ON l.schema = 'main' AND l.name = s.name " +
          "WHERE s.type IN ('table', 'view') AND lower(s.name) = lower(?1)",
      )
      .all([name], "number");
    if (row === undefined) return null;
    if (row[1] === "virtual" || row[1] === "shadow")
      return unsupportedTable(`virtual table ${name}`);
    return unsupportedTable(`${String(row[0])} ${name}, whose changes are not captured,`);
  }
}

/** What no log tells: SQLite's own tables, pragmas as tables. */
export function refuseReserved(name: string): void {
  if (/^(?:sqlite_|pragma_|_cf_)/i.test(name)) throw unsupportedTable(name);
}

/** What one hears of a table whose past nobody knows. */
export function unsupportedTable(what: string): DosqlError {
  return new DosqlError("unsupported", `FOR SYSTEM_TIME AS OF on ${what} is not supported`);
}

/** As SQLite words it. */
export function noSuchTable(name: string): DosqlError {
  return new DosqlError("sqlite", `no such table: ${name}`, { sqlite: "SQLITE_ERROR" });
}
