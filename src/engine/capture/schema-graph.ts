import type { SqlDriver } from "../../ports/sql-driver.ts";
import { declaredActions } from "./declared-actions.ts";
import type { DeclaredActions } from "./declared-actions.ts";
import type { SchemaRows } from "./schema-rows.ts";
import { readTrigger } from "./trigger-steps.ts";
import type { TriggerFacts } from "./trigger-steps.ts";
import { foldName } from "../../sql/fold-name.ts";

/** What a statement on one table or view sets off: the user's triggers, foreign keys' actions. */
export interface Reach {
  /** Tables into which triggers insert, or which they update; lower case. */
  readonly written: ReadonlySet<string>;
  /** Some trigger's statement says OR REPLACE. */
  readonly replaces: boolean;
  /** Some trigger's statement says what to do on conflict. */
  readonly decides: boolean;
  /** Some trigger's statement is an upsert. */
  readonly upserts: boolean;
  /**
   * Some trigger or foreign key deletes rows: in the triggers that this fires, the OR of the
   * statement that began holds no more.
   */
  readonly deletes: boolean;
  /** Some table may change while SQLite is busy with one of its rows. */
  readonly reenters: boolean;
  /**
   * A trigger in a foreign key's action may say RAISE(FAIL) before a row's change is logged, of a
   * row that cannot be told from others.
   */
  readonly failsMidway: boolean;
  /** Some constraint says ON CONFLICT REPLACE. */
  readonly declared: boolean;
  /** Some table has such a constraint beside one that says IGNORE or FAIL. */
  readonly mixed: boolean;
}

/** Columns of all these names leave none to ask for the rowid by. */
const ROWID_NAMES = [/\browid\b/i, /\b_rowid_\b/i, /\boid\b/i];

/** What may change a table while SQLite is busy with one of its rows. */
export type Reentry =
  | "nothing"
  /** Foreign keys act when a row goes, or its keys change; or they stop in the middle. */
  | "actions"
  /** BEFORE triggers. */
  | "triggers";

/** Which tables a change of one table can change. Names are lower case. */
export class SchemaGraph {
  /** Triggers by their text, to read none twice. */
  readonly #facts = new Map<string, TriggerFacts>();
  readonly #triggers: readonly TriggerFacts[];
  /** Children by their parent, where a foreign key acts on them. */
  readonly #children: ReadonlyMap<string, readonly string[]>;
  readonly #declared: ReadonlyMap<string, DeclaredActions>;
  /** Tables that may hold rows which nothing tells apart. */
  readonly #twins: ReadonlySet<string>;
  readonly #reaches = new Map<string, Reach>();

  /** @param before the graph as it was until now, or null */
  constructor(driver: SqlDriver, rows: SchemaRows, before: SchemaGraph | null) {
    for (const row of rows.user) {
      if (row.type !== "trigger") continue;
      const key = `${row.table}\0${row.sql}`;
      const known = before === null ? undefined : before.#facts.get(key);
      this.#facts.set(key, known ?? readTrigger(row));
    }
    this.#triggers = [...this.#facts.values()];
    this.#children = readChildren(driver);
    const twins = rows.tables.filter(({ sql }) =>
      ROWID_NAMES.every((name) => name.test(sql ?? "")),
    );
    this.#twins = new Set(twins.map(({ name }) => foldName(name)));
    this.#declared = new Map(
      rows.tables.map(({ name, sql }) => [foldName(name), declaredActions(sql ?? "")]),
    );
  }

  /** Tables in which some trigger says OR REPLACE. */
  get replacedByTriggers(): string[] {
    const steps = this.#triggers.flatMap((trigger) => trigger.steps);
    return steps.flatMap(({ replaces, table }) => (replaces ? [table] : []));
  }

  /** @param table the table or view that a statement names */
  reach(table: string): Reach {
    const known = this.#reaches.get(table);
    if (known !== undefined) return known;
    const reach = this.#find(table);
    this.#reaches.set(table, reach);
    return reach;
  }

  /** Whether any table may. */
  get someReenters(): boolean {
    return [...this.#declared.keys()].some((table) => this.reenters(table));
  }

  /** Whether a table may change while SQLite is busy with one of its rows. */
  reenters(table: string): boolean {
    return this.reentry(table) !== "nothing";
  }

  /** How a table may. */
  reentry(table: string): Reentry {
    const steps = this.#triggers.flatMap((trigger) =>
      trigger.table === table && trigger.timing === "BEFORE" ? trigger.steps : [],
    );
    if (this.#closure(steps.map((step) => step.table)).has(table)) return "triggers";
    const children = this.#children.get(table) ?? [];
    // RAISE(FAIL) stops the statement there, and keeps the row's change, which is not logged yet.
    const stops = this.#closure(children).has(table) || this.#mayFail(children);
    return stops ? "actions" : "nothing";
  }

  #find(table: string): Reach {
    const reached = this.#closure([table]);
    const steps = this.#triggers
      .filter((trigger) => reached.has(trigger.table))
      .flatMap((trigger) => trigger.steps);
    const declared = [...reached].flatMap((name) => this.#declared.get(name) ?? []);
    return {
      written: new Set(steps.flatMap((step) => (step.deletes ? [] : [step.table]))),
      replaces: steps.some(({ replaces }) => replaces),
      decides: steps.some(({ decides }) => decides),
      upserts: steps.some(({ upserts }) => upserts),
      deletes:
        steps.some(({ deletes }) => deletes) || [...reached].some((t) => this.#children.has(t)),
      reenters: [...reached].some((name) => this.reenters(name)),
      failsMidway: [...reached].some(
        (name) => this.#twins.has(name) && this.#mayFail(this.#children.get(name) ?? []),
      ),
      declared: declared.some(({ replaces }) => replaces),
      mixed: declared.some(({ replaces, spares }) => replaces && spares),
    };
  }

  #mayFail(tables: readonly string[]): boolean {
    const reached = this.#closure(tables);
    return this.#triggers.some(({ fails, table }) => fails && reached.has(table));
  }

  /** The tables that these change, and all that those change, and so on. */
  #closure(from: readonly string[]): Set<string> {
    const reached = new Set(from);
    // A set goes on to what is added while it is walked.
    for (const name of reached) {
      for (const next of this.#next(name)) reached.add(next);
    }
    return reached;
  }

  #next(table: string): string[] {
    const steps = this.#triggers.flatMap((t) => (t.table === table ? t.steps : []));
    return [...steps.map((step) => step.table), ...(this.#children.get(table) ?? [])];
  }
}

function readChildren(driver: SqlDriver): Map<string, string[]> {
  const rows = driver
    .prepare(
      'SELECT DISTINCT lower(k."table"), lower(s.name) ' +
        "FROM sqlite_schema AS s, pragma_foreign_key_list(s.name) AS k " +
        "WHERE s.type = 'table' AND s.sql LIKE '%references%' AND " +
        "(k.on_update NOT IN ('NO ACTION', 'RESTRICT') OR " +
        "k.on_delete NOT IN ('NO ACTION', 'RESTRICT'))",
    )
    .all([], "number");
  const children = new Map<string, string[]>();
  for (const [parent, child] of rows) {
    const known = children.get(String(parent));
    if (known === undefined) children.set(String(parent), [String(child)]);
    else known.push(String(child));
  }
  return children;
}
