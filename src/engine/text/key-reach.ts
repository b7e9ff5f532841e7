import { DosqlError } from "../../base/errors.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { Node } from "../../sql/ast/statement.ts";
import type { Target } from "../../sql/ast/query.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import { declaredActions } from "../capture/declared-actions.ts";
import { readSchemaRows } from "../capture/schema-rows.ts";
import { foldName } from "../../sql/fold-name.ts";

type Event = "INSERT" | "UPDATE" | "DELETE";

/** A change of rows in a trigger's body. Names are lower case. */
interface Step {
  readonly table: string;
  readonly event: Event;
  readonly replaces: boolean;
  /** The columns that it sets. */
  readonly sets: readonly string[];
}

/** Null steps are those of a trigger that cannot be read. */
interface Trigger {
  readonly table: string;
  readonly event: Event | null;
  readonly steps: readonly Step[] | null;
}

const EVENTS: readonly Event[] = ["INSERT", "UPDATE", "DELETE"];

/**
 * What foreign keys have a say in, also by way of the user's triggers: where keys are off, nothing
 * acts on the rows that a trigger's statement changes either. As the schema is now.
 */
export class KeyReach {
  /** Tables that a foreign key leads from or to. */
  readonly #keyed = new Set<string>();
  /** Tables whose deleted rows take others along, or change them. */
  readonly #deleteActs = new Set<string>();
  /** Columns of tables that others follow when they change. */
  readonly #followed = new Map<string, Set<string>>();
  readonly #triggers: readonly Trigger[];
  readonly #replacing: ReadonlySet<string>;

  constructor(driver: SqlDriver) {
    const { user, tables } = readSchemaRows(driver);
    this.#readKeys(driver);
    const needed = this.#keyed.size > 0;
    const triggers = needed ? user.filter(({ type }) => type === "trigger") : [];
    this.#triggers = triggers.map(({ table, sql }) => readTrigger(foldName(table), sql ?? ""));
    const replacing = tables.filter(({ sql }) => needed && declaredActions(sql ?? "").replaces);
    this.#replacing = new Set(replacing.map(({ name }) => foldName(name)));
  }

  /** Whether there is anything by which an INSERT could make a foreign key act. */
  get acts(): boolean {
    const follows = this.#deleteActs.size + this.#followed.size > 0;
    return follows && this.#triggers.length + this.#replacing.size > 0;
  }

  /**
   * Whether a change of a table may meet a foreign key at all.
   *
   * @param table lower case
   */
  meets(table: string): boolean {
    const seen = this.#changes(EVENTS.map((event) => ({ ...NO_STEP, table, event })));
    return seen === null || seen.some((step) => this.#keyed.has(step.table));
  }

  /**
   * Whether an INSERT that adds rows to a table may make a foreign key change others.
   *
   * @param table lower case
   */
  actsOnInsert(table: string): boolean {
    const seen = this.#changes([{ ...NO_STEP, table, event: "INSERT" }]);
    return seen === null || seen.some((step) => this.#acts(step));
  }

  #acts({ table, event, replaces, sets }: Step): boolean {
    const followed = this.#followed.get(table);
    if (followed !== undefined && sets.some((name) => followed.has(name))) return true;
    if (event !== "DELETE" && !replaces && !this.#replacing.has(table)) return false;
    return this.#deleteActs.has(table);
  }

  /** These, and what triggers do in answer; null where that cannot be told. */
  #changes(from: readonly Step[]): Step[] | null {
    if (this.#keyed.size === 0) return [];
    const steps = [...from];
    const fired = new Set<Trigger>();
    // An array goes on to what is added while it is walked.
    for (const { table, event, sets } of steps) {
      for (const trigger of this.#triggers) {
        const upserts = event === "INSERT" && sets.length > 0 && trigger.event === "UPDATE";
        const fires = trigger.event === event || trigger.event === null || upserts;
        if (trigger.table !== table || !fires || fired.has(trigger)) continue;
        if (trigger.steps === null) return null;
        fired.add(trigger);
        steps.push(...trigger.steps);
      }
    }
    return steps;
  }

  #readKeys(driver: SqlDriver): void {
    const keys = driver
      .prepare(
        'SELECT lower(s.name), lower(k."table"), lower(k."to"), k.on_update, k.on_delete ' +
          "FROM sqlite_schema AS s, pragma_foreign_key_list(s.name) AS k " +
          "WHERE s.type = 'table' AND s.sql LIKE '%references%'",
      )
      .all([], "number");
    for (const [child, key, column, onUpdate, onDelete] of keys) {
      const parent = String(key);
      this.#keyed.add(String(child)).add(parent);
      if (ACTS.test(String(onDelete))) this.#deleteActs.add(parent);
      if (!ACTS.test(String(onUpdate))) continue;
      const followed = this.#followed.get(parent) ?? new Set(ROWID_NAMES);
      this.#followed.set(parent, followed);
      // Without a name it is the primary key.
      if (column !== null) followed.add(String(column));
      else for (const name of primaryKey(driver, parent)) followed.add(name);
    }
  }
}

const ACTS = /^(?:cascade|set )/i;
const ROWID_NAMES = ["rowid", "_rowid_", "oid"];
const NO_STEP = { replaces: false, sets: [] };

function primaryKey(driver: SqlDriver, table: string): string[] {
  const sql = "SELECT lower(name) FROM pragma_table_info(?1) WHERE pk > 0";
  return driver.prepare(sql).all([table], "number").map(String);
}

function readTrigger(table: string, sql: string): Trigger {
  const parsed = attemptSqlite(sql);
  if (parsed instanceof DosqlError || parsed.statement?.kind !== "create-trigger") {
    return { table, event: null, steps: null };
  }
  const { event, body } = parsed.statement;
  return { table, event, steps: body.flatMap(stepOf) };
}

function stepOf(node: Node): Step[] {
  if (node.kind !== "insert" && node.kind !== "update" && node.kind !== "delete") return [];
  const table = foldName(node.table.name.name.text);
  if (node.kind === "delete") return [{ ...NO_STEP, table, event: "DELETE" }];
  if (node.kind === "update") {
    const sets = namesOf(node.assignments);
    return [{ table, event: "UPDATE", replaces: node.or === "REPLACE", sets }];
  }
  const sets = node.upserts.flatMap(({ assignments }) => namesOf(assignments));
  return [{ table, event: "INSERT", replaces: node.replace || node.or === "REPLACE", sets }];
}

function namesOf(assignments: readonly { readonly targets: readonly Target[] }[]): string[] {
  return assignments.flatMap(({ targets }) =>
    targets.flatMap((target) => (target.kind === "column" ? [foldName(target.name.text)] : [])),
  );
}
