/** Compares, statement for statement, our parser and printer with PostgreSQL's parser. */
import { createHash } from "node:crypto";
import type { Oracle, Verdict } from "./oracle.ts";
import type { Ours, OurVerdict } from "./ours.ts";
import { difference } from "./shape/canonical.ts";
import { libpgShapes } from "./shape/libpg.ts";
import { ourShapes } from "./shape/ours.ts";

/** What the two differ in, or how the printed text fails. */
export type Aspect = "verdict" | "shape" | "print" | "message" | "position";

/** One difference. */
export interface Difference {
  readonly aspect: Aspect;
  readonly sql: string;
  /** A name for the statement that does not quote it: foreign ones are never committed. */
  readonly key: string;
  readonly text: string;
}

/** How often the two were compared in one aspect, and how often they agreed. */
export interface Tally {
  count: number;
  agreed: number;
}

/** The comparison over one corpus. */
export interface Agreement {
  readonly accept: Tally;
  readonly reject: Tally;
  readonly shape: Tally;
  readonly print: Tally;
  readonly message: Tally;
  readonly position: Tally;
  /** Statements that we refuse, by what we call them. */
  readonly excluded: Map<string, number>;
  /** Statements whose shape has no normal form yet, by their kind. */
  readonly shapeless: Map<string, number>;
  readonly differences: Difference[];
}

/** A name for a statement. */
export function statementKey(sql: string): string {
  return createHash("sha256").update(sql).digest("hex").slice(0, 12);
}

export function newAgreement(): Agreement {
  const tally = (): Tally => ({ count: 0, agreed: 0 });
  return {
    accept: tally(),
    reject: tally(),
    shape: tally(),
    print: tally(),
    message: tally(),
    position: tally(),
    excluded: new Map(),
    shapeless: new Map(),
    differences: [],
  };
}

/** Compares statements; what differs is collected. */
export class Comparison {
  private readonly oracle: Oracle;
  private readonly ours: Ours;

  constructor(oracle: Oracle, ours: Ours) {
    this.oracle = oracle;
    this.ours = ours;
  }

  all(statements: Iterable<string>, trees: boolean = true): Agreement {
    const found = newAgreement();
    for (const sql of statements) this.one(sql, found, trees);
    return found;
  }

  /** `trees` also compares the shapes and prints. */
  one(sql: string, found: Agreement, trees: boolean = true): void {
    const theirs = this.oracle.verdict(sql);
    const ours = this.ours.verdict(sql);
    if (ours.kind === "refuse") {
      count(found.excluded, excludedKind(ours.what));
      return;
    }
    const agrees = theirs.kind === ours.kind;
    tally(theirs.kind === "accept" ? found.accept : found.reject, agrees);
    if (!agrees) {
      const text = `PostgreSQL ${said(theirs)}, we ${said(ours)}`;
      found.differences.push({ aspect: "verdict", sql, key: statementKey(sql), text });
      return;
    }
    if (theirs.kind === "reject" && ours.kind === "reject")
      this.complaints(sql, theirs, ours, found);
    else if (trees && theirs.kind === "accept" && ours.kind === "accept") {
      this.shapes(sql, theirs, ours, found);
      this.prints(sql, theirs, ours, found);
    }
  }

  private complaints(
    sql: string,
    theirs: Extract<Verdict, { kind: "reject" }>,
    ours: Extract<OurVerdict, { kind: "reject" }>,
    found: Agreement,
  ): void {
    const key = statementKey(sql);
    const sameMessage = theirs.message === ours.message;
    tally(found.message, sameMessage);
    if (!sameMessage) {
      const text = `${theirs.message} | ${ours.message}`;
      found.differences.push({ aspect: "message", sql, key, text });
    }
    const samePosition = theirs.at === ours.at;
    tally(found.position, samePosition);
    if (!samePosition) {
      const text = `at ${theirs.at}, we at ${ours.at}: ${theirs.message} | ${ours.message}`;
      found.differences.push({ aspect: "position", sql, key, text });
    }
  }

  private shapes(
    sql: string,
    theirs: Extract<Verdict, { kind: "accept" }>,
    ours: Extract<OurVerdict, { kind: "accept" }>,
    found: Agreement,
  ): void {
    const mine = ourShapes(ours.statements);
    if (mine.kind === "unknown") {
      count(found.shapeless, mine.what);
      return;
    }
    const expected = libpgShapes(theirs.tree);
    tally(found.shape, expected === mine.text);
    if (expected === mine.text) return;
    const text = difference(expected, mine.text);
    found.differences.push({ aspect: "shape", sql, key: statementKey(sql), text });
  }

  /** The printed text means the same to PostgreSQL, and prints as itself. */
  private prints(
    sql: string,
    theirs: Extract<Verdict, { kind: "accept" }>,
    ours: Extract<OurVerdict, { kind: "accept" }>,
    found: Agreement,
  ): void {
    const { print } = this.ours;
    if (print === null) return;
    const failure = this.printFailure(print, libpgShapes(theirs.tree), ours);
    tally(found.print, failure === null);
    if (failure === null) return;
    found.differences.push({ aspect: "print", sql, key: statementKey(sql), text: failure });
  }

  private printFailure(
    print: NonNullable<Ours["print"]>,
    expected: string,
    ours: Extract<OurVerdict, { kind: "accept" }>,
  ): string | null {
    const printed = attempt(() => ours.statements.map(print).join(";\n"));
    if (printed.kind === "thrown") return `printer: ${printed.message}`;
    const text = printed.value;
    const theirs = this.oracle.verdict(text);
    if (theirs.kind === "reject") return `printed ${text}: ${theirs.message}`;
    const shape = libpgShapes(theirs.tree);
    if (shape !== expected) return `printed ${text}: ${difference(expected, shape)}`;
    const again = this.ours.verdict(text);
    if (again.kind !== "accept") return `printed ${text}: we ${said(again)}`;
    const second = again.statements.map(print).join(";\n");
    return second === text ? null : `printed ${text}, then ${second}`;
  }
}

function attempt<Value>(
  action: () => Value,
): { kind: "value"; value: Value } | { kind: "thrown"; message: string } {
  try {
    return { kind: "value", value: action() };
  } catch (error) {
    return { kind: "thrown", message: String(error) };
  }
}

function tally(into: Tally, agreed: boolean): void {
  into.count++;
  if (agreed) into.agreed++;
}

function count(into: Map<string, number>, key: string): void {
  into.set(key, (into.get(key) ?? 0) + 1);
}

/** What is refused, without the names that the statement itself gives. */
function excludedKind(what: string): string {
  return what.replace(/"[^"]*"/g, '"…"');
}

function said(verdict: Verdict | OurVerdict): string {
  switch (verdict.kind) {
    case "accept":
      return "accepts";
    case "reject":
      return `rejects: ${verdict.message} (at ${verdict.at})`;
    case "refuse":
      return `refuse: ${verdict.what}`;
    case "crash":
      return `crash: ${verdict.message}`;
  }
}
