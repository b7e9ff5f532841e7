import { quoteIdentifier } from "../../sql/quote.ts";
import { ENTRY, logNames } from "../log/layout.ts";
import type { Relation } from "../log/relation.ts";
import { EntryText } from "./entry-text.ts";
import type { Ground } from "./ground.ts";
import type { PastTable } from "./past-schema.ts";
import { TwinShape, rowidNameOf, unaskable } from "./twin-shape.ts";

/**
 * Makes what stands for a table as it was: the rows of now without those that were touched since,
 * and the touched ones as they were before. The first entry about a key after that time tells:
 * an insert says that there was no row, every other one holds the row.
 */
export class Twin {
  readonly #ground: Ground;
  readonly #table: PastTable;
  readonly #shape: TwinShape;
  readonly #keys: string;
  /** The column of `keys` with the entry that holds the old row; 0 where there was none. */
  readonly #entry: string;
  readonly #rowid: string;

  constructor(ground: Ground, table: PastTable) {
    this.#ground = ground;
    this.#table = table;
    this.#shape = new TwinShape(table.relation);
    this.#keys = ground.name("keys");
    this.#entry = this.#shape.freeName("at");
    this.#rowid = this.#shape.freeName("rowid");
    if (table.relations.some(({ rowid }) => rowid !== table.relation.rowid)) {
      throw unaskable(table.relation.name);
    }
  }

  /**
   * The table or view to read, in SQL.
   *
   * @param asksRowid the statement may ask for the hidden rowid, which only a table has
   */
  make(asksRowid: boolean): string {
    const { live, relation } = this.#table;
    const touched = this.#findKeys();
    if (!touched && live?.id === relation.id) return `"main".${quoteIdentifier(live.name)}`;
    const columns = live === null ? null : this.#liveColumns(live);
    const rows = this.#ground.name("rows", relation.name);
    this.#ground.make("TABLE", rows, this.#shape.createLike(rows));
    const rowid = asksRowid ? this.#shape.rowidName : null;
    for (const one of this.#table.relations) this.#addOldRows(rows, one, rowid);
    if (live === null) return rows;
    if (columns !== null && !asksRowid) return this.#view(rows, live, columns);
    this.#addLiveRows(rows, live, rowid);
    return rows;
  }

  /** Notes each key that was touched since, with its first entry. */
  #findKeys(): boolean {
    const { driver } = this.#ground;
    const keys = this.#keys;
    this.#ground.make("TABLE", keys, this.#shape.createKeys(keys, this.#rowid, this.#entry));
    for (const relation of this.#table.relations) driver.exec(this.#keysOf(relation));
    return driver.prepare(`SELECT 1 FROM ${keys} LIMIT 1`).all([], "number").length > 0;
  }

  /** An update of the key touches two: the old one, and a new one that was not there. */
  #keysOf(relation: Relation): string {
    const text = this.#text(relation);
    const places = text.keyPlaces();
    const olds = places.map((place) => text.value(place));
    const news = places.map((place) => text.value(place + text.width));
    const moved = olds.map((old, i) => `${old} IS NOT ${news[i]}`).join(" OR ");
    const entry = `CASE l.kind WHEN ${text.kind(ENTRY.insert)} THEN 0 ELSE l.lsn END`;
    const names = places.map((_, i) => `k${i}`);
    const columns = this.#shape.identity.map(({ name }) => quoteIdentifier(name ?? this.#rowid));
    return (
      `INSERT OR IGNORE INTO ${this.#keys} (${columns.join()}, ${quoteIdentifier(this.#entry)}) ` +
      `SELECT ${names.join()}, entry FROM (` +
      `SELECT l.lsn AS lsn, 0 AS part, ${aliased(olds, names)}, ${entry} AS entry ` +
      `${text.changed(this.#table.at)} UNION ALL ` +
      `SELECT l.lsn, 1, ${news.join()}, 0 ${text.changed(this.#table.at)} ` +
      `AND l.kind = ${text.kind(ENTRY.update)} AND (${moved})) ORDER BY lsn, part`
    );
  }

  #addOldRows(rows: string, relation: Relation, rowid: string | null): void {
    const text = this.#text(relation);
    const places = this.#table.relation.columns.map(({ id }) => text.placeOf(id));
    // Whoever drops a column touches all rows, so that these hold none.
    if (places.includes(-1)) return;
    const values = places.map((place) => text.value(place));
    const entry = `d.${quoteIdentifier(this.#entry)}`;
    const from =
      `FROM ${this.#keys} AS d CROSS JOIN ${this.#names().log} AS l ON l.lsn = ${entry} ` +
      `WHERE l.kind BETWEEN ${text.kind(ENTRY.insert)} AND ${text.kind(ENTRY.shadow)}`;
    this.#fill(rows, values, rowid, text.value(0), from);
  }

  #addLiveRows(rows: string, live: Relation, rowid: string | null): void {
    const values = this.#table.relation.columns.flatMap(({ id }) => {
      const column = live.columns.find((one) => one.id === id);
      return column === undefined ? [] : [`l.${quoteIdentifier(column.name)}`];
    });
    // Rows of a table that lost one of the columns were all touched.
    if (values.length < this.#table.relation.columns.length) return;
    const liveRowid = `l.${liveRowidName(live)}`;
    this.#fill(rows, values, rowid, liveRowid, this.#fromLive(live));
  }

  #fill(
    rows: string,
    values: readonly string[],
    rowid: string | null,
    rowidValue: string,
    from: string,
  ): void {
    const columns = this.#table.relation.columns.map(({ name }) => quoteIdentifier(name));
    const into = rowid === null ? columns : [rowid, ...columns];
    const selected = rowid === null ? values : [rowidValue, ...values];
    this.#ground.driver.exec(
      `INSERT INTO ${rows} (${into.join()}) SELECT ${selected.join()} ${from}`,
    );
  }

  /** The live arm comes last: from it SQLite tells the columns' declared types and tables. */
  #view(rows: string, live: Relation, columns: readonly string[]): string {
    const view = this.#ground.name("table", this.#shape.name);
    const names = this.#shape.columns.map(quoteIdentifier);
    const sql =
      `CREATE VIEW ${view} (${names.join()}) AS SELECT ${names.join()} FROM ${rows} ` +
      `UNION ALL SELECT ${columns.join()} ${this.#fromLive(live)}`;
    this.#ground.make("VIEW", view, sql);
    return view;
  }

  #fromLive(live: Relation): string {
    const keys = this.#shape.identity.map(({ place, name, collate }) => {
      const id = this.#table.relation.columns[place]?.id;
      const column = live.columns.find((one) => one.id === id)?.name ?? name ?? "";
      const own = name === null ? liveRowidName(live) : quoteIdentifier(column);
      return { own: `l.${own}`, key: `d.${quoteIdentifier(name ?? this.#rowid)}`, collate };
    });
    const [only, second] = keys;
    const untouched =
      only !== undefined && second === undefined && !this.#shape.withoutRowid
        ? `${only.own} NOT IN (SELECT ${only.key} FROM ${this.#keys} AS d)`
        : `NOT EXISTS (SELECT 1 FROM ${this.#keys} AS d WHERE ` +
          `${keys.map(({ own, key, collate }) => `${own} = ${key}${collate}`).join(" AND ")})`;
    return `FROM "main".${quoteIdentifier(live.name)} AS l WHERE ${untouched}`;
  }

  /** What the table's columns are called now; null when they are no longer all there. */
  #liveColumns(live: Relation): string[] | null {
    const { relation } = this.#table;
    const names = new Map(live.columns.map(({ id, name }) => [id, name]));
    if (live.id !== relation.id) {
      // What generated columns computed then need not be what they compute now.
      if (this.#shape.generated || !relation.columns.every(({ id }) => names.has(id))) return null;
    }
    return this.#shape.columns.map((name) => {
      const id = relation.columns.find((one) => one.name === name)?.id;
      const now = id === undefined ? name : (names.get(id) ?? name);
      return `l.${quoteIdentifier(now)}`;
    });
  }

  #text(relation: Relation): EntryText {
    return new EntryText(this.#names(), relation);
  }

  #names(): ReturnType<typeof logNames> {
    return logNames(this.#ground.driver.caps.hiddenPrefix);
  }
}

function aliased(values: readonly string[], names: readonly string[]): string {
  return values.map((value, i) => `${value} AS ${names[i]}`).join();
}

function liveRowidName(live: Relation): string {
  return live.rowid ? (rowidNameOf(new TwinShape(live).columns) ?? "rowid") : "rowid";
}
