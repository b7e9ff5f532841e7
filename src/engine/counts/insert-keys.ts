import type { SqlDriver } from "../../ports/sql-driver.ts";
import { DosqlError } from "../../base/errors.ts";
import type { ConflictAction } from "../../sql/ast/leaf.ts";
import type { Insert, OrderTerm, Upsert } from "../../sql/ast/query.ts";
import type { CreateTable } from "../../sql/ast/schema.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import { walk } from "../../sql/tree/walk.ts";
import { foldName } from "../../sql/fold-name.ts";

/** A key that an INSERT looks at, and what its table says about conflicts. */
interface Key {
  /** Its columns and expressions; null for the rowid. */
  readonly terms: string | null;
  readonly partial: boolean;
  readonly action: ConflictAction;
}

/** What an INSERT may do where it finds a key taken. */
export interface WaysOut {
  /** It may delete a row. */
  readonly replaces: boolean;
  /** Its upserts that may update one. */
  readonly updates: readonly Upsert[];
}

/** A table as an INSERT into it sees it. Names are in lower case. */
export class InsertTable {
  readonly #driver: SqlDriver;
  readonly #name: string;
  readonly #created: CreateTable | null;
  /** The column that is the rowid. */
  readonly #rowidColumn: string | null;
  /** Its names. */
  readonly #rowids: ReadonlySet<string>;

  /** @param sql its CREATE TABLE */
  constructor(driver: SqlDriver, name: string, sql: string) {
    this.#driver = driver;
    this.#name = name;
    this.#created = statementOf(sql, "create-table");
    const [row] = this.#ask(
      "SELECT lower(name) FROM pragma_table_info(?1) WHERE pk = 1 AND NOT EXISTS " +
        "(SELECT 1 FROM pragma_index_list(?1) WHERE origin = 'pk')",
    );
    this.#rowidColumn = row === undefined ? null : String(row[0]);
    const columns = this.#columns().map((column) => foldName(column.name.text));
    const free = ["rowid", "oid", "_rowid_"].filter((rowid) => !columns.includes(rowid));
    this.#rowids = new Set([...free, ...(this.#rowidColumn === null ? [] : [this.#rowidColumn])]);
  }

  /** For each key the first clause counts, then the statement's own word, then the table's. */
  waysOut(insert: Insert, text: string): WaysOut {
    const { upserts } = insert;
    const updates = new Set<Upsert>();
    let replaces = false;
    for (const key of this.#keys(insert)) {
      const upsert = upserts.find((one) => this.#isFor(one, key, text));
      if (upsert !== undefined) {
        if (upsert.assignments.length > 0) updates.add(upsert);
      } else replaces ||= (insert.replace ? "REPLACE" : insert.or || key.action) === "REPLACE";
    }
    return { replaces, updates: [...updates] };
  }

  /** Columns that change where some are set: also those generated from them, and the rowid. */
  changedBy(set: ReadonlySet<string>): Set<string> {
    const changed = new Set(set);
    if (this.#rowidColumn !== null && [...this.#rowids].some((name) => set.has(name))) {
      changed.add(this.#rowidColumn);
    }
    for (let before = -1; before !== changed.size;) {
      before = changed.size;
      for (const { name, constraints } of this.#columns()) {
        for (const constraint of constraints) {
          if (constraint.kind !== "generated") continue;
          walk(constraint.value, (node) => {
            if (node.kind !== "column" || !changed.has(foldName(node.name.text))) return;
            changed.add(foldName(name.text));
          });
        }
      }
    }
    return changed;
  }

  #keys(insert: Insert): Key[] {
    const declared = this.#declared();
    const own = ({ terms }: Key): Key | undefined => declared.find((key) => key.terms === terms);
    const indexes = this.#ask(
      "SELECT l.partial, (SELECT sql FROM sqlite_schema WHERE name = l.name), " +
        "(SELECT group_concat(lower(name), char(0)) FROM pragma_index_info(l.name)) " +
        'FROM pragma_index_list(?1) AS l WHERE l."unique"',
    );
    const keys = indexes.map(([partial, sql, names]): Key => {
      const text = typeof sql === "string" ? sql : "";
      const index = statementOf(text, "create-index");
      const terms = index === null ? String(names).split("\0") : termsOf(index.terms, text);
      const key: Key = { terms: joined(terms), partial: partial === 1, action: "" };
      return index === null ? (own(key) ?? key) : key;
    });
    if (!this.#givesRowid(insert)) return keys;
    const rowid: Key = { terms: null, partial: false, action: "" };
    const action = own({ ...rowid, terms: this.#rowidColumn })?.action ?? "";
    return [...keys, { ...rowid, action }];
  }

  /** The rowid's own key is looked at only where a rowid is given. */
  #givesRowid({ columns, source }: Insert): boolean {
    if (columns.length === 0) return source !== null && this.#rowidColumn !== null;
    return [...targetNames(columns)].some((name) => this.#rowids.has(name));
  }

  #isFor({ target, targetWhere }: Upsert, key: Key, text: string): boolean {
    if (target.length === 0) return true;
    const terms = termsOf(target, text);
    const isRowid = terms.length === 1 && this.#rowids.has(terms[0] ?? "");
    if (isRowid || key.terms === null) return isRowid && key.terms === null;
    return joined(terms) === key.terms && (!key.partial || targetWhere !== null);
  }

  /** The keys that the CREATE TABLE tells. */
  #declared(): Key[] {
    const column = this.#columns().flatMap(({ name, constraints }) =>
      constraints.map((constraint) => ({ constraint, terms: [foldName(name.text)] })),
    );
    const table = (this.#created?.elements ?? []).flatMap((constraint) =>
      constraint.kind === "key" ? [{ constraint, terms: termsOf(constraint.columns, "") }] : [],
    );
    return [...column, ...table].flatMap(({ constraint, terms }) => {
      if (constraint.kind !== "key" || constraint.onConflict === "") return [];
      return [{ terms: joined(terms), partial: false, action: constraint.onConflict }];
    });
  }

  #columns(): Extract<CreateTable["elements"][number], { kind: "column-definition" }>[] {
    const elements = this.#created?.elements ?? [];
    return elements.flatMap((one) => (one.kind === "column-definition" ? [one] : []));
  }

  #ask(sql: string): readonly (readonly unknown[])[] {
    return this.#driver.prepare(sql).all([this.#name], "number");
  }
}

/** The columns that a statement names, lower case. */
export function targetNames(targets: Insert["columns"]): Set<string> {
  const names = targets.map((target) => (target.kind === "column" ? target.name.text : ""));
  return new Set(names.map((name) => foldName(name)));
}

/** Of a key, in any order, as one text: the order is of no matter to ON CONFLICT. */
function joined(terms: readonly string[]): string {
  return terms.toSorted().join("\0");
}

/** Columns by name, expressions as they are written. */
function termsOf(terms: readonly OrderTerm[], text: string): string[] {
  return terms.map(({ value }) => {
    const term = value.kind === "collate" ? value.operand : value;
    if (term.kind === "column") return foldName(term.name.text);
    return foldName(text.slice(term.start, term.end)).replace(/[\s"`[\]]/g, "");
  });
}

type Created = "create-table" | "create-index";
type Definition<Kind extends Created> = Extract<
  NonNullable<Exclude<ReturnType<typeof attemptSqlite>, DosqlError>["statement"]>,
  { kind: Kind }
>;

function statementOf<Kind extends Created>(sql: string, kind: Kind): Definition<Kind> | null {
  const parsed = attemptSqlite(sql);
  if (parsed instanceof DosqlError || parsed.statement?.kind !== kind) return null;
  return parsed.statement as Definition<Kind>;
}
