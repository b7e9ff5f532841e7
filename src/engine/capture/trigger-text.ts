import { DosqlError } from "../../base/errors.ts";
import {
  ENTRY,
  KIND_STEP,
  LOG_SLOTS,
  logNames,
  MORE_SLOTS,
  MORE_STEP,
  slotNames,
} from "../log/layout.ts";
import type { EntryCode, LogNames } from "../log/layout.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import { probeTable } from "./probe-table.ts";
import type { ProbeTable } from "./probe-table.ts";
import { REPLACE_MODE } from "./replace-mode.ts";
import type { Reentry } from "./schema-graph.ts";
import type { TableShape } from "./table-shape.ts";
import type { UniqueKey } from "./unique-key.ts";
import { chosenRowid } from "./unique-key.ts";

/** One of the engine's triggers on a user's table. */
export interface CaptureTrigger {
  readonly name: string;
  readonly timing: "BEFORE" | "AFTER";
  readonly sql: string;
}

/** Which row of a trigger, or the table's own row in a query on it. */
type Side = "NEW" | "OLD" | "";

/** Writes the triggers that log what happens to the rows of one table. */
export class TriggerText {
  readonly #names: LogNames;
  readonly #shape: TableShape;
  readonly #relation: number;
  readonly #table: string;

  /** @param relation the number of the relation with that shape */
  constructor(prefix: string, shape: TableShape, relation: number) {
    this.#names = logNames(prefix);
    this.#shape = shape;
    this.#relation = relation;
    this.#table = quoteIdentifier(shape.name);
  }

  /** Those that log rows as they are inserted, updated and deleted. */
  after(): CaptureTrigger[] {
    const insert = this.#entry(this.#kind(ENTRY.insert), this.image("NEW"));
    const update = this.#entry(this.#kind(ENTRY.update), [
      ...this.image("OLD"),
      ...this.image("NEW"),
    ]);
    const remove = this.#entry(this.#kind(ENTRY.delete), this.image("OLD"));
    return [
      this.#trigger("after_insert", "AFTER", "INSERT", "", insert),
      this.#trigger("after_update", "AFTER", "UPDATE", "", update),
      this.#trigger("after_delete", "AFTER", "DELETE", "", remove),
    ];
  }

  /**
   * Those that log rows which REPLACE is about to delete, since SQLite fires no trigger for them.
   * They do something only while the statement's mode says so.
   */
  before(): CaptureTrigger[] {
    const { uniqueKeys } = this.#shape;
    const declared = uniqueKeys.filter(({ replaces }) => replaces);
    const mode = `(SELECT mode FROM ${this.#names.flag})`;
    const any = `WHEN ${mode} & 1`;
    const own = `WHEN ${mode} = ${REPLACE_MODE.declared}`;
    const kind =
      `${this.#relation * KIND_STEP} + CASE ${mode} WHEN ${REPLACE_MODE.replace} ` +
      `THEN ${ENTRY.delete} ELSE ${ENTRY.candidate} END`;
    const sure = this.#kind(ENTRY.delete);
    const triggers: CaptureTrigger[] = [];
    for (const event of ["INSERT", "UPDATE"] as const) {
      const suffix = event.toLowerCase();
      triggers.push(
        this.#trigger(
          `before_${suffix}`,
          "BEFORE",
          this.#event(event),
          any,
          this.#victims(event, kind),
        ),
      );
      if (declared.length === 0) continue;
      const body = this.#victims(event, sure, (key) => declared.includes(key));
      triggers.push(this.#trigger(`declared_${suffix}`, "BEFORE", this.#event(event), own, body));
    }
    return triggers;
  }

  /**
   * Those that log, as candidates, the rows that an UPDATE or DELETE is about to change, as they
   * are then, and where rows will be that move; see `RowReplay`. None where rows cannot be told
   * apart.
   */
  midway(reentry: Reentry): CaptureTrigger[] {
    const { rowidAlias, rowidName, withoutRowid, primaryKey } = this.#shape;
    const rowid = rowidAlias ?? rowidName;
    if (reentry === "nothing" || (rowid === null && !withoutRowid)) return [];
    const names = (rowid === null ? primaryKey : [rowid]).map(quoteIdentifier);
    const key = (side: Side): string => `(${names.map((name) => `${side}.${name}`).join()})`;
    const row = (side: Side, where: string): string =>
      this.entry(
        ENTRY.candidate,
        this.image(""),
        `FROM ${this.#table} WHERE (${names.join()}) = ${key(side)}${where}`,
      );
    // 'a' may be equal to 'A', and 1 to 1.0, where there is no rowid.
    const moves = rowid === null ? "TRUE" : `${key("NEW")} <> ${key("OLD")}`;
    const update =
      `${row("OLD", "")} ${row("NEW", ` AND ${moves}`)} ` +
      this.entry(ENTRY.arrival, this.image("NEW"), `WHERE ${moves}`);
    // A foreign key acts on a change of what it refers to, which is a key.
    const event = reentry === "actions" ? this.#event("UPDATE") : "UPDATE";
    return [
      this.#trigger("midway_update", "BEFORE", event, "", update),
      this.#trigger("midway_delete", "BEFORE", "DELETE", "", row("OLD", "")),
    ];
  }

  /** What must be there before the triggers of `before`. */
  beforeTables(): string[] {
    return this.#shape.uniqueKeys.some(({ probed }) => probed) ? [this.#probe().create] : [];
  }

  /** The stored values of a row, the hidden rowid first. */
  image(side: Side): string[] {
    const { columns, rowidAlias, rowidName } = this.#shape;
    const dot = side === "" ? "" : `${side}.`;
    const values = columns.filter((c) => !c.generated).map((c) => dot + quoteIdentifier(c.name));
    return rowidAlias === null && rowidName !== null ? [dot + rowidName, ...values] : values;
  }

  /** Statements that log one entry of those values, or of each row of `from`. */
  entry(code: EntryCode, values: readonly string[], from: string = ""): string {
    return this.#entry(this.#kind(code), values, from);
  }

  /** See layout.ts for where the values go. */
  #entry(kind: string, values: readonly string[], from = ""): string {
    const slots = slotNames("v", LOG_SLOTS).slice(0, values.length);
    const source = (items: readonly string[]): string =>
      from === "" ? `VALUES (${items.join()})` : `SELECT ${items.join()} ${from}`;
    const first = [kind, ...values.slice(0, LOG_SLOTS)];
    let text = `INSERT INTO ${this.#names.log} (kind, ${slots.join()}) ${source(first)};`;
    for (let at = LOG_SLOTS; at < values.length; at += MORE_SLOTS) {
      const part = values.slice(at, at + MORE_SLOTS);
      // The part before this one was the last insert.
      const id =
        at === LOG_SLOTS ? `last_insert_rowid() * ${MORE_STEP}` : "last_insert_rowid() + 1";
      const columns = slotNames("m", part.length).join();
      text += ` INSERT INTO ${this.#names.more} (id, ${columns}) ${source([id, ...part])};`;
    }
    return text;
  }

  /** Entries for the rows that conflict with NEW, each once. */
  #victims(
    event: "INSERT" | "UPDATE",
    kind: string,
    counts: (key: UniqueKey) => boolean = () => true,
  ): string {
    const keys = this.#shape.uniqueKeys.filter(counts);
    const probe = keys.some(({ probed }) => probed) ? this.#probe() : null;
    const before: string[] = event === "UPDATE" ? [this.#isOld()] : [];
    const victims = (condition: string, code: string): string => {
      const conditions = [condition, ...before.map((other) => `(${other}) IS NOT TRUE`)];
      const from = `FROM ${this.#table} WHERE ${conditions.join(" AND ")}`;
      before.push(condition);
      return ` ${this.#entry(code, this.image(""), from)}`;
    };
    let text = probe?.fill ?? "";
    const reading = keys.filter(({ rowid }) => rowid === "reads");
    // Last, because their conditions come to mean something else below.
    for (const key of [...keys.filter((one) => !reading.includes(one)), ...reading]) {
      text += victims(key.condition(probe?.name ?? ""), this.#victimKind(event, kind, key));
    }
    if (event === "UPDATE" || reading.length === 0 || probe === null) return text;
    before.length -= reading.length;
    // Keys that are made of the rowid, with the one that SQLite will probably choose.
    const chosen = `NEW.${this.#rowid()} = -1`;
    const rowid = chosenRowid(this.#shape);
    text += ` UPDATE ${probe.name} SET ${this.#rowid()} = ${rowid} WHERE ${chosen};`;
    for (const key of reading) {
      const condition = `${chosen} AND ${key.condition(probe.name)}`;
      text += victims(condition, this.#kind(ENTRY.candidate));
    }
    return text;
  }

  /** Before an INSERT, -1 is what a rowid reads as that SQLite will choose. */
  #victimKind(event: "INSERT" | "UPDATE", kind: string, { rowid }: UniqueKey): string {
    if (event === "UPDATE" || rowid === "") return kind;
    return `CASE NEW.${this.#rowid()} WHEN -1 THEN ${this.#kind(ENTRY.candidate)} ELSE ${kind} END`;
  }

  #rowid(): string {
    return quoteIdentifier(this.#shape.rowidAlias ?? this.#shape.rowidName ?? "rowid");
  }

  #probe(): ProbeTable {
    const { definition, name } = this.#shape;
    if (definition === null) {
      throw new DosqlError("unsupported", `capture cannot read the definition of ${name}`);
    }
    return probeTable(this.#names.prefix, this.#relation, this.#shape, definition);
  }

  /** The row that is being updated does not conflict with itself. */
  #isOld(): string {
    const { rowidAlias, rowidName, primaryKey, columns } = this.#shape;
    const rowid = rowidAlias ?? rowidName;
    if (rowid !== null) return `${quoteIdentifier(rowid)} = OLD.${quoteIdentifier(rowid)}`;
    const stored = columns.filter(({ generated }) => !generated).map(({ name }) => name);
    const names = this.#shape.withoutRowid ? primaryKey : stored;
    // A chain of AND over many columns would be too deep for SQLite. By bytes: a column's own
    // collation may take another row for this one.
    const own = names.map((name) => `${quoteIdentifier(name)} COLLATE BINARY`);
    const old = names.map((name) => `OLD.${quoteIdentifier(name)}`);
    return `(${own.join()}) IS (${old.join()})`;
  }

  /** An update conflicts only by a key that it sets. */
  #event(event: "INSERT" | "UPDATE"): string {
    if (event === "INSERT") return event;
    const columns = new Set<string>();
    for (const key of this.#shape.uniqueKeys) {
      if (key.columns === null) return event;
      for (const column of key.columns) columns.add(column);
    }
    return `UPDATE OF ${[...columns].map(quoteIdentifier).join()}`;
  }

  #kind(code: EntryCode): string {
    return String(this.#relation * KIND_STEP + code);
  }

  #trigger(
    what: string,
    timing: "BEFORE" | "AFTER",
    event: string,
    when: string,
    body: string,
  ): CaptureTrigger {
    const name = `${this.#names.prefix}${what}_${this.#relation}`;
    const sql =
      `CREATE TRIGGER ${quoteIdentifier(name)} ${timing} ${event} ON ${this.#table} ` +
      `${when} BEGIN ${body.trim()} END`;
    return { name, timing, sql };
  }
}
