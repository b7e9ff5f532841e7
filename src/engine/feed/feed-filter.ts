import { DosqlError } from "../../base/errors.ts";
import type { Lsn } from "../../base/lsn.ts";
import { ENTRY } from "../log/layout.ts";
import type { LogEntry } from "../log/log-entry.ts";
import type { LogOp, LogRecord } from "../log/record.ts";
import type { Relation, Relations } from "../log/relation.ts";
import { rowOperation } from "../log/to-transaction.ts";
import type { SubscribeOptions, TableFilter } from "./change-feed.ts";
import type { CommittedLog } from "./committed-log.ts";
import { foldName } from "../../sql/fold-name.ts";

const OPERATIONS: ReadonlySet<string> = new Set<LogOp>([
  "insert",
  "update",
  "delete",
  "ddl",
  "truncate",
]);

/** What a subscription wants of one table while it had one shape. */
export interface RelationView {
  readonly operations: ReadonlySet<string>;
  /** Places of the columns that are shown; null for all. */
  readonly places: readonly number[] | null;
}

interface TableRule {
  /** Lower case. */
  readonly name: string;
  readonly operations: ReadonlySet<string>;
  /** Lower case; null for all. */
  readonly columns: ReadonlySet<string> | null;
  readonly given: TableFilter;
}

/**
 * Which changes a subscription wants. A table is one that it names if it has the name, or had it
 * at some time since the subscription's start (with a slot, the slot's): so a table that is
 * renamed is followed, and one that takes an old name is found.
 */
export class FeedFilter {
  /** Everything passes. */
  readonly all: boolean;
  readonly #relations: Relations;
  readonly #since: Lsn;
  readonly #rules: readonly TableRule[] | null;
  readonly #operations: ReadonlySet<string>;
  readonly #views = new Map<number, RelationView | null>();

  /** @throws DosqlError `not-found` for a table, `invalid-argument` for a column or operation */
  constructor(options: SubscribeOptions, log: CommittedLog, since: Lsn) {
    this.#relations = log.reader.relations;
    this.#since = since;
    this.#operations = readOperations(options.operations);
    this.all = options.tables === undefined && options.operations === undefined;
    this.#rules = options.tables === undefined ? null : readRules(options.tables, this.#operations);
    const head = log.head();
    // One that is damaged may not be found by its name.
    if (this.#rules !== null) this.#relations.check();
    for (const rule of this.#rules ?? []) this.#check(rule, head);
  }

  /** Whether an entry, or at least its place in the transaction, is needed. */
  wants(entry: LogEntry): boolean {
    // Schema versions are counted along the transaction's DDL, shown or not.
    if (entry.code === ENTRY.ddl) return true;
    const operation = rowOperation(entry.code);
    if (operation === null || entry.relation === null) return false;
    return this.all || this.view(entry.relation)?.operations.has(operation) === true;
  }

  /** The record as the subscription sees it, or null. */
  readonly show = (record: LogRecord, entry: LogEntry): LogRecord | null => {
    if (record.op === "ddl") return this.#wantsDdl(record) ? record : null;
    const places = entry.relation === null ? null : (this.view(entry.relation)?.places ?? null);
    return places === null ? record : project(record, places);
  };

  /** What is wanted of a table in one shape; null for nothing. */
  view(relation: Relation): RelationView | null {
    let view = this.#views.get(relation.id);
    if (view === undefined) {
      view = this.#makeView(relation);
      this.#views.set(relation.id, view);
    }
    return view;
  }

  #makeView(relation: Relation): RelationView | null {
    if (this.#rules === null) return { operations: this.#operations, places: null };
    const shapes = this.#shapesUpTo(relation);
    const rule = this.#rules.find(({ name }) => shapes.some((shape) => hasName(shape, name)));
    if (rule === undefined) return null;
    const { operations, columns } = rule;
    return { operations, places: columns === null ? null : placesOf(columns, shapes) };
  }

  /** The table's shapes since the start, up to this one. */
  #shapesUpTo(relation: Relation): Relation[] {
    return this.#relations
      .ofTable(relation.tableId)
      .filter((shape) => shape.id <= relation.id && this.#isSince(shape));
  }

  #isSince({ toLsn: end }: Relation): boolean {
    return end === null || end > this.#since;
  }

  /** DDL concerns the tables whose shape it begins or ends, and the one that it names. */
  #wantsDdl({ lsn, table }: LogRecord): boolean {
    if (this.#rules === null) return this.#operations.has("ddl");
    const named = this.#rules.some(
      ({ name, operations }) => operations.has("ddl") && name === foldName(table),
    );
    if (named) return true;
    const changed = this.#relations.changedAt(lsn);
    return changed.some((relation) => this.view(relation)?.operations.has("ddl") === true);
  }

  #check({ name, given }: TableRule, head: Lsn): void {
    // A relation that ends after the head is that of a table whose capture ended.
    const shapes = this.#relations
      .named(name)
      .filter((shape) => this.#isSince(shape) && (shape.toLsn ?? 0) <= head);
    if (shapes.length === 0) {
      throw new DosqlError("not-found", `no captured table has the name ${given.table}`, {
        hint: "a table must exist before it can be followed by its name",
      });
    }
    const known = new Set(
      shapes
        .flatMap(({ tableId }) => this.#relations.ofTable(tableId))
        .filter((shape) => this.#isSince(shape))
        .flatMap((shape) => shape.columns.map((column) => foldName(column.name))),
    );
    for (const column of given.columns ?? []) {
      if (known.has(foldName(column))) continue;
      throw new DosqlError("invalid-argument", `${given.table} has no stored column ${column}`, {
        hint: "generated columns are not part of row images",
      });
    }
  }
}

/** Columns keep their place in the filter when they are renamed. */
function placesOf(names: ReadonlySet<string>, shapes: readonly Relation[]): number[] {
  const kept = new Set<number>();
  for (const { columns } of shapes) {
    const wanted = columns.filter(({ id, name }) => kept.has(id) || names.has(foldName(name)));
    // A column that is gone is forgotten: its number may be given to another one.
    kept.clear();
    for (const { id } of wanted) kept.add(id);
  }
  const last = shapes.at(-1)?.columns ?? [];
  return last.flatMap(({ id }, place) => (kept.has(id) ? [place] : []));
}

function project(record: LogRecord, places: readonly number[]): LogRecord {
  const { columns, before, after } = record;
  const pick = <T>(values: readonly T[]): T[] => places.map((place) => values[place] as T);
  return {
    ...record,
    columns: pick(columns),
    ...(before === undefined ? {} : { before: pick(before) }),
    ...(after === undefined ? {} : { after: pick(after) }),
  };
}

function hasName(relation: Relation, name: string): boolean {
  return foldName(relation.name) === name;
}

function readRules(
  tables: readonly (string | TableFilter)[],
  operations: ReadonlySet<string>,
): TableRule[] {
  if (tables.length === 0) {
    throw new DosqlError("invalid-argument", "the list of tables to follow is empty", {
      hint: "leave it out to follow all tables",
    });
  }
  const rules = tables.map((item): TableRule => {
    const filter = typeof item === "string" ? { table: item } : item;
    const columns = filter.columns?.map((column) => foldName(column)) ?? null;
    return {
      name: foldName(filter.table),
      operations: filter.operations === undefined ? operations : readOperations(filter.operations),
      columns: columns === null ? null : new Set(columns),
      given: filter,
    };
  });
  const names = rules.map(({ name }) => name);
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice === undefined) return rules;
  throw new DosqlError("invalid-argument", `the table ${twice} is named twice`);
}

function readOperations(operations: readonly string[] | undefined): ReadonlySet<string> {
  if (operations === undefined) return OPERATIONS;
  const unknown = operations.find((operation) => !OPERATIONS.has(operation));
  if (unknown === undefined && operations.length > 0) return new Set(operations);
  throw new DosqlError(
    "invalid-argument",
    unknown === undefined
      ? "the list of operations to follow is empty"
      : `there is no operation ${unknown}`,
    { hint: `operations are ${[...OPERATIONS].join(", ")}` },
  );
}
