import type { Parameter } from "../ast/leaf.ts";
import type { Call } from "../ast/query.ts";
import type { Node, Statement } from "../ast/statement.ts";
import { ParameterNumbers } from "../read/parameters.ts";
import { walk } from "../tree/walk.ts";
import { byStart, type Edit } from "./edit.ts";
import { ResultNames } from "./result-names.ts";

/** What SQLite counts for each connection, and we for each session. */
export type SessionValue = "changes" | "totalChanges";

/** What is asked of a connection. */
export interface ConnectionAsks {
  /** `last_insert_rowid()` */
  readonly rowid: boolean;
  /** `changes()` or `total_changes()` */
  readonly counts: boolean;
}

/** How a statement gets its session's own counts instead of those of its connection. */
export interface SessionValues {
  /** What to change in the text; nothing where nothing asks. */
  readonly edits: readonly Edit[];
  /** What the new parameters stand for, by their numbers. */
  readonly values: readonly SessionValue[];
  /** What it still asks its connection for. */
  readonly asks: ConnectionAsks;
}

/**
 * Puts a parameter in the place of each `changes()` and `total_changes()` of a query, INSERT,
 * UPDATE or DELETE. Both answer the same wherever they stand in one statement, so all calls of one
 * share a parameter; bound as an INTEGER it has the type, and no more affinity than, the call.
 * Names of result columns stay. All other parameters get their numbers, which the new ones would
 * change: `?` and `:a` become `?n`.
 *
 * `last_insert_rowid()` stays: it may change while the statement runs. So do calls that are
 * mistakes (`changes(1)`, `changes() OVER ()`), and what is part of the schema, as bodies of views
 * and triggers: they ask the connection when they run.
 *
 * @param sql The text in which the statement stands.
 * @param firstNumber The number of the first new parameter: above those of the statement.
 * @param except Those whose name is a function of the user's.
 * @example
 * // UPDATE t SET a = changes() WHERE b = ?  →  UPDATE t SET a = ?2 WHERE b = ?1, ["changes"]
 */
export function sessionValues(
  sql: string,
  statement: Statement,
  firstNumber: number,
  except: ReadonlySet<SessionValue> = new Set(),
): SessionValues {
  const finder = new Finder(sql, firstNumber, except);
  if (RUNS_AT_ONCE.has(statement.kind)) walk(statement, (node) => finder.visit(node));
  else walk(statement, (node) => finder.look(node));
  return finder.result();
}

/** Statements whose expressions are all for their one run. */
const RUNS_AT_ONCE: ReadonlySet<Statement["kind"]> = new Set([
  "query",
  "insert",
  "update",
  "delete",
]);

/** What a function of that name answers, in any case of its letters. */
export function sessionValueOf(name: string): SessionValue | null {
  return FUNCTIONS.get(name.toLowerCase()) ?? null;
}

const FUNCTIONS: ReadonlyMap<string, SessionValue> = new Map([
  ["changes", "changes"],
  ["total_changes", "totalChanges"],
]);

class Finder {
  private readonly firstNumber: number;
  private readonly except: ReadonlySet<SessionValue>;
  private readonly edits: Edit[] = [];
  private readonly values: SessionValue[] = [];
  private readonly results: ResultNames;
  private readonly parameters: Parameter[] = [];
  /** Calls that are tables. */
  private readonly tables = new Set<Node>();
  private asksRowid = false;
  private asksCounts = false;

  constructor(sql: string, firstNumber: number, except: ReadonlySet<SessionValue>) {
    this.firstNumber = firstNumber;
    this.except = except;
    this.results = new ResultNames(sql);
  }

  visit(node: Node): void {
    switch (node.kind) {
      case "result":
        return this.results.note(node);
      case "function-source":
        this.tables.add(node.call);
        return;
      case "in":
        this.tables.add(node.source);
        return;
      case "parameter":
        this.parameters.push(node);
        return;
      case "call":
        return this.call(node);
      default:
    }
  }

  /** Only notes what asks the connection. */
  look(node: Node): void {
    if (node.kind !== "call") return;
    const { text } = node.name.name;
    this.asksCounts ||= sessionValueOf(text) !== null;
    this.asksRowid ||= text.toLowerCase() === "last_insert_rowid";
  }

  result(): SessionValues {
    const { values } = this;
    const asks = { rowid: this.asksRowid, counts: this.asksCounts };
    if (values.length === 0) return { edits: [], values, asks };
    const edits = [...this.edits, ...this.numbers()].sort(byStart);
    return { edits: [...edits, ...this.results.edits(edits)], values, asks };
  }

  private numbers(): Edit[] {
    const numbers = new ParameterNumbers();
    return this.parameters.sort(byStart).flatMap(({ start, end, sigil, name }) => {
      const number = numbers.next(sigil + name);
      return sigil === "?" && name !== "" ? [] : [{ start, end, text: `?${number}` }];
    });
  }

  private call(call: Call): void {
    const value = sessionValueOf(call.name.name.text);
    if (value === null || this.except.has(value)) return this.look(call);
    if (this.tables.has(call) || !isPlain(call)) return this.look(call);
    if (!this.values.includes(value)) this.values.push(value);
    const number = this.firstNumber + this.values.indexOf(value);
    this.edits.push({ start: call.start, end: call.end, text: `?${number}` });
  }
}

/** `f()`, and what SQLite takes for the same: `f(*)`, `f(DISTINCT)`. */
function isPlain(call: Call): boolean {
  const [first, ...others] = call.arguments;
  return (
    (first === undefined || (first.kind === "star" && others.length === 0)) &&
    call.orderBy.length === 0 &&
    call.filter === null &&
    call.over === null
  );
}
