import { DosqlError } from "../../base/errors.ts";
import type { SqlClient } from "../../ports/sql-client.ts";
import { classify } from "../../sql/read/classify.ts";
import type { Place } from "./line-counter.ts";
import { placeWithin } from "./line-counter.ts";
import { readScript } from "./script-reader.ts";

/**
 * Statements that share one commit when the script itself says nothing of transactions: a commit
 * waits for the disk, hundreds of statements need not wait each.
 */
const BATCH_STATEMENTS = 500;
const BATCH_TEXT_LENGTH = 1_000_000;

/** How a script is run. */
export interface ScriptOptions {
  /** All of the script or nothing of it. */
  readonly atomic: boolean;
  /** Called after each statement; true stops the script there. */
  progress(bytesRead: number, statements: number): Promise<boolean>;
}

/** What became of a script. */
export interface ScriptOutcome {
  readonly result: "done" | "failed" | "stopped";
  /** Statements whose effect stays. */
  readonly applied: number;
  readonly bytesRead: number;
  readonly failure?: ScriptFailure;
}

/** Why a script went no further. */
export interface ScriptFailure {
  readonly error: DosqlError;
  /** Where in the script, as exactly as the error says. */
  readonly place: Place;
  /** The statement at fault with its own place; null when the script itself cannot be read. */
  readonly statement: { readonly text: string; readonly place: Place } | null;
}

interface Entry {
  readonly text: string;
  readonly place: Place;
}

/**
 * Runs a script, statement by statement, from a stream of bytes. Without `atomic` a statement
 * that fails leaves those before it applied, as if each had been committed at once.
 */
export async function runScript(
  client: SqlClient,
  chunks: AsyncIterable<Uint8Array>,
  options: ScriptOptions,
): Promise<ScriptOutcome> {
  const run = options.atomic ? new AtomicRun(client) : new SteadyRun(client);
  let bytesRead = 0;
  let statements = 0;
  for await (const event of readScript(chunks)) {
    if (event.kind === "fault") {
      const { error, place } = event;
      const late = await run.finish();
      const failure = late ?? { error, place, statement: null };
      return { result: "failed", applied: run.applied, bytesRead, failure };
    }
    bytesRead = event.bytesRead;
    if (event.kind === "end") break;
    const failure = await run.statement(event);
    if (failure !== null) return { result: "failed", applied: run.applied, bytesRead, failure };
    statements += 1;
    if (await options.progress(bytesRead, statements)) {
      await run.stop();
      return { result: "stopped", applied: run.applied, bytesRead };
    }
  }
  const failure = await run.finish("whole");
  return failure === null
    ? { result: "done", applied: run.applied, bytesRead }
    : { result: "failed", applied: run.applied, bytesRead, failure };
}

/** One way to run statements in order. */
interface Run {
  /** Statements committed. */
  readonly applied: number;
  statement(entry: Entry): Promise<ScriptFailure | null>;
  /** After the last statement; `whole` when the script was read to its end. */
  finish(how?: "whole"): Promise<ScriptFailure | null>;
  /** The user stopped it. */
  stop(): Promise<void>;
}

/** Everything in one transaction. */
class AtomicRun implements Run {
  readonly #client: SqlClient;
  #ran = 0;
  applied = 0;

  constructor(client: SqlClient) {
    this.#client = client;
  }

  async statement(entry: Entry): Promise<ScriptFailure | null> {
    const client = this.#client;
    try {
      const { kind, transaction } = classify(entry.text);
      const action = transaction?.action;
      this.#ran += 1;
      // The script's own frame gives way to ours.
      if (action === "begin" || action === "commit") return null;
      if (action === "rollback") {
        throw new DosqlError("unsupported", "ROLLBACK cannot be part of an atomic import", {
          hint: "import the script without --atomic",
        });
      }
      // Inside a transaction `PRAGMA foreign_keys` does nothing, so those in front stay outside.
      if (!client.inTransaction && kind !== "pragma") await client.begin("write");
      await client.run(entry.text);
      return null;
    } catch (error) {
      await rollBack(client);
      return failureOf(entry, error);
    }
  }

  async finish(how?: "whole"): Promise<ScriptFailure | null> {
    if (how === undefined) {
      await rollBack(this.#client);
      return null;
    }
    try {
      if (this.#client.inTransaction) await this.#client.commit();
      this.applied = this.#ran;
      return null;
    } catch (error) {
      await rollBack(this.#client);
      return failureOf({ text: "COMMIT", place: { line: 1, column: 1 } }, error);
    }
  }

  stop(): Promise<void> {
    return rollBack(this.#client);
  }
}

/** Each statement stays; many share a commit. */
class SteadyRun implements Run {
  readonly #client: SqlClient;
  /** Run in our own open transaction, not yet committed. */
  #batch: Entry[] = [];
  #batchLength = 0;
  /** Run in a transaction that the script opened. */
  #open: Entry[] = [];
  applied = 0;

  constructor(client: SqlClient) {
    this.#client = client;
  }

  async statement(entry: Entry): Promise<ScriptFailure | null> {
    const client = this.#client;
    const batches = this.#open.length === 0 && sharesCommit(entry.text);
    if (
      !batches ||
      this.#batch.length >= BATCH_STATEMENTS ||
      this.#batchLength > BATCH_TEXT_LENGTH
    ) {
      const failure = await this.#commitBatch();
      if (failure !== null) return failure;
    }
    if (!batches) return this.#alone(entry);
    try {
      if (this.#batch.length === 0) await client.begin("write");
      await client.run(entry.text);
    } catch (error) {
      return this.#batchFailed(entry, error);
    }
    this.#batch.push(entry);
    this.#batchLength += entry.text.length;
    return null;
  }

  async finish(how?: "whole"): Promise<ScriptFailure | null> {
    const failure = await this.#commitBatch();
    if (failure !== null) return failure;
    const [first] = this.#open;
    if (first === undefined) return null;
    await rollBack(this.#client);
    if (how === undefined) return null;
    const error = new DosqlError("transaction-state", "the script ends inside a transaction", {
      hint: "what it did since its BEGIN was rolled back; add COMMIT",
    });
    return { error, place: first.place, statement: first };
  }

  async stop(): Promise<void> {
    await this.#commitBatch();
    await rollBack(this.#client);
  }

  /** A statement with its own commit, or in the script's transaction. */
  async #alone(entry: Entry): Promise<ScriptFailure | null> {
    try {
      await this.#client.run(entry.text);
    } catch (error) {
      await rollBack(this.#client);
      return failureOf(entry, error);
    }
    this.#open.push(entry);
    if (this.#client.inTransaction) return null;
    this.applied += this.#open.length;
    this.#open = [];
    return null;
  }

  async #batchFailed(entry: Entry, error: unknown): Promise<ScriptFailure | null> {
    const client = this.#client;
    if (client.inTransaction && !client.errorEndsTransaction) {
      const failure = await this.#commitBatch();
      return failure ?? failureOf(entry, error);
    }
    return this.#replay([...this.#batch, entry]);
  }

  async #commitBatch(): Promise<ScriptFailure | null> {
    if (this.#batch.length === 0) {
      if (this.#open.length === 0) await rollBack(this.#client);
      return null;
    }
    try {
      await this.#client.commit();
    } catch {
      return this.#replay(this.#batch);
    }
    this.applied += this.#batch.length;
    this.#forgetBatch();
    return null;
  }

  /** The shared commit is lost: one by one, up to the statement at fault. */
  async #replay(entries: readonly Entry[]): Promise<ScriptFailure | null> {
    await rollBack(this.#client);
    this.#forgetBatch();
    for (const entry of entries) {
      const failure = await this.#alone(entry);
      if (failure !== null) return failure;
    }
    return null;
  }

  #forgetBatch(): void {
    this.#batch = [];
    this.#batchLength = 0;
  }
}

/** Only what means the same inside a transaction shares one. */
function sharesCommit(sql: string): boolean {
  const { kind } = classify(sql);
  return kind === "read" || kind === "write" || kind === "ddl";
}

/** A session that is gone has rolled back by itself, and its end is reported already. */
async function rollBack(client: SqlClient): Promise<void> {
  if (client.inTransaction) await client.rollback().catch(() => undefined);
}

function failureOf(entry: Entry, error: unknown): ScriptFailure {
  if (!(error instanceof DosqlError)) throw error;
  const place =
    error.at === undefined ? entry.place : placeWithin(entry.place, entry.text, error.at);
  return { error, place, statement: entry };
}
