import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { setPriority } from "node:os";
import { DosqlError } from "../../../base/errors.ts";
import type { Row } from "../../../base/value.ts";
import type { ColumnInfo } from "../../../ports/sql-driver.ts";
import type { ReaderCall, ReaderHost, ReaderRows, ReaderTask } from "../../../ports/reader-host.ts";
import type { ReaderReply, ReaderRequest } from "./reader-protocol.ts";

/** How many processes read at once, and what they run. */
export interface ReaderPoolOptions {
  /** The shard file. */
  readonly path: string;
  /** The module that calls `serveReads`. */
  readonly main: URL;
  /** Processes kept ready. */
  readonly warm: number;
  /** Processes at most; further reads wait in line. */
  readonly most: number;
}

/** Readers yield the core to the serving thread: a long read must not slow a short one. */
const READER_NICENESS = 5;

interface Job {
  readonly request: ReaderRequest;
  readonly resolve: (rows: ReaderRows) => void;
  readonly reject: (error: Error) => void;
  columns: readonly ColumnInfo[];
  rows: Row[];
}

interface Reader {
  readonly process: ChildProcess;
  job: Job | null;
}

/** Reader processes over one shard file; see `ReaderHost`. */
export class ReaderPool implements ReaderHost {
  readonly #options: ReaderPoolOptions;
  readonly #readers = new Set<Reader>();
  readonly #idle: Reader[] = [];
  readonly #waiting: Job[] = [];
  #nextId = 1;
  #closed = false;

  constructor(options: ReaderPoolOptions) {
    this.#options = options;
    for (let i = 0; i < options.warm; i++) this.#keepReady();
  }

  read(task: ReaderTask): ReaderCall {
    const request: ReaderRequest = { ...task, id: this.#nextId++ };
    const { promise, resolve, reject } = Promise.withResolvers<ReaderRows>();
    const job: Job = { request, resolve, reject, columns: [], rows: [] };
    if (this.#closed) reject(new DosqlError("io", "the database is closed"));
    else {
      this.#waiting.push(job);
      this.#dispatch();
    }
    return {
      result: promise,
      kill: (error) => {
        this.#kill(job, error);
      },
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    const closed = new DosqlError("io", "the database is closed");
    for (const job of this.#waiting.splice(0)) job.reject(closed);
    const ends = [...this.#readers].map(async (reader) => {
      const ended = new Promise((resolve) => reader.process.once("exit", resolve));
      hold(reader.process, true);
      reader.process.kill("SIGKILL");
      await ended;
    });
    await Promise.all(ends);
  }

  #dispatch(): void {
    while (this.#waiting.length > 0) {
      const reader = this.#idle.pop() ?? this.#grow();
      // All are busy: the next that is done takes the next job.
      if (reader === null && this.#readers.size > 0) return;
      const job = this.#waiting.shift();
      if (job === undefined) return;
      if (reader === null) job.reject(new DosqlError("io", "no reader process could be started"));
      else assign(reader, job);
    }
  }

  #grow(): Reader | null {
    return this.#readers.size < this.#options.most ? this.#spawn() : null;
  }

  /** Null when the system refuses another process now. */
  #spawn(): Reader | null {
    const child = fork(this.#options.main, [this.#options.path], {
      serialization: "advanced",
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    // A process that never started says so here; for one that did, its exit follows.
    child.on("error", () => undefined);
    if (child.pid === undefined) return null;
    const reader: Reader = { process: child, job: null };
    this.#readers.add(reader);
    child.on("message", (reply: ReaderReply) => {
      this.#receive(reader, reply);
    });
    child.on("exit", () => {
      this.#lost(reader);
    });
    lowerPriority(child.pid);
    hold(child, false);
    return reader;
  }

  #receive(reader: Reader, reply: ReaderReply): void {
    const job = reader.job;
    if (job === null || reply.id !== job.request.id) return;
    if (reply.kind === "error") {
      job.reject(new DosqlError(reply.code, reply.message, reply));
    } else {
      if (reply.columns !== undefined) job.columns = reply.columns;
      if (job.rows.length === 0) job.rows = reply.rows;
      else for (const row of reply.rows) job.rows.push(row);
      if (!reply.last) return;
      job.resolve({ columns: job.columns, rows: job.rows });
    }
    reader.job = null;
    hold(reader.process, false);
    this.#idle.push(reader);
    this.#dispatch();
  }

  #kill(job: Job, error: Error): void {
    job.reject(error);
    const place = this.#waiting.indexOf(job);
    if (place >= 0) this.#waiting.splice(place, 1);
    for (const reader of this.#readers) {
      if (reader.job === job) reader.process.kill("SIGKILL");
    }
  }

  #lost(reader: Reader): void {
    this.#readers.delete(reader);
    const place = this.#idle.indexOf(reader);
    if (place >= 0) this.#idle.splice(place, 1);
    reader.job?.reject(new DosqlError("io", "the reader process of this statement ended"));
    if (this.#closed) return;
    if (reader.job !== null && this.#readers.size < this.#options.warm) this.#keepReady();
    this.#dispatch();
  }

  #keepReady(): void {
    const reader = this.#spawn();
    if (reader !== null) this.#idle.push(reader);
  }
}

function assign(reader: Reader, job: Job): void {
  reader.job = job;
  hold(reader.process, true);
  reader.process.send(job.request, (error) => {
    // A dying process: its exit event ends the job.
    if (error !== null) reader.process.kill("SIGKILL");
  });
}

/** A reader keeps the server's process alive only while somebody waits for its answer. */
function hold(child: ChildProcess, busy: boolean): void {
  if (busy) {
    child.ref();
    child.channel?.ref();
  } else {
    child.unref();
    child.channel?.unref();
  }
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, READER_NICENESS);
  } catch {
    // Gone already, or not permitted: a nicety, not a need.
  }
}
