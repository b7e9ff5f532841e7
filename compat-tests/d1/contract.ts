/*
 * What a D1 binding does, as questions without answers: each case asks a fresh database and
 * notes what came back. The answers of the real local D1 are the right ones; the two homes of
 * ours are compared with it. The file runs in workerd and in Node and imports neither.
 */
import { encode } from "./encode.ts";

/** The parts of a D1 binding that the cases use; parameters are loose, as misuse is asked too. */
export interface AnyD1 {
  prepare(query: unknown): AnyStatement;
  batch(statements: unknown): Promise<AnyResult[]>;
  exec(query: unknown): Promise<{ count: number; duration: number }>;
  withSession(constraint?: unknown): AnySession;
  dump(): Promise<ArrayBuffer>;
  query?(request: unknown): unknown;
}

export interface AnyStatement {
  bind(...values: unknown[]): AnyStatement;
  first(column?: unknown): Promise<unknown>;
  run(): Promise<AnyResult>;
  all(): Promise<AnyResult>;
  raw(options?: unknown): Promise<unknown[]>;
}

export interface AnySession {
  prepare(query: unknown): AnyStatement;
  batch(statements: unknown): Promise<AnyResult[]>;
  getBookmark(): string | null;
}

export interface AnyResult {
  success: boolean;
  meta: Record<string, unknown>;
  results: Record<string, unknown>[];
}

/** Does something and notes under `label` what it returned, threw or rejected with. */
export type Ask = (label: string, body: () => unknown) => Promise<void>;

/** One theme, asked of a database of its own. */
export interface Case {
  readonly name: string;
  run(db: AnyD1, ask: Ask): Promise<void>;
}

/** Answers by label, in a form that compares as JSON. */
export type Answers = Record<string, unknown>;

/** Asks one case. */
export async function answer(theCase: Case, db: AnyD1): Promise<Answers> {
  const answers: Answers = {};
  // The runtime writes a row of its own after D1's first write, which moves last_insert_rowid();
  // from here on it is 1 everywhere.
  await db.exec("CREATE TABLE warm (x)");
  await db.exec("INSERT INTO warm VALUES (1)");
  await db.exec("DROP TABLE warm");
  await theCase.run(db, async (label, body) => {
    if (label in answers) throw new Error(`${theCase.name}: "${label}" is asked twice`);
    let started: unknown;
    try {
      started = body();
    } catch (error) {
      answers[label] = { thrown: encode(error) };
      return;
    }
    try {
      answers[label] = encode(await started);
    } catch (error) {
      answers[label] = { rejected: encode(error) };
    }
  });
  return answers;
}
