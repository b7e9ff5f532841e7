import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { MessagePort } from "node:worker_threads";
import { DosqlError } from "../../../base/errors.ts";
import type { ErrorCode } from "../../../base/errors.ts";
import type { PipeTarget, SyncPipe } from "../../../ports/sync-pipe.ts";
import { AREA_BYTES, bridgeMemory, Place } from "./bridge-signal.ts";
import type { BridgeAnswer, BridgeMemory, BridgeRequest } from "./bridge-signal.ts";

/** How long one sleep lasts at most, before it is asked whether the worker is still there. */
const SLICE_MS = 500;
/**
 * Slices without a beat after which it is not: a thread that was killed says nothing. Counted, not
 * timed: while a machine sleeps, no slice passes.
 */
const SILENT_SLICES = 30;

/** What the worker gets at its start. */
export interface BridgeStart {
  readonly buffer: SharedArrayBuffer;
  readonly port: MessagePort;
}

/**
 * A pipe whose socket lives in a worker thread, so that this thread can sleep until the answer
 * is there. Keeps no process alive.
 */
export class BridgePipe implements SyncPipe {
  readonly #main: URL;
  readonly #target: PipeTarget;
  readonly #silentSlices: number;
  readonly #left: FinalizationRegistry<() => void> | null;
  #worker: Worker | null = null;
  #port: MessagePort | null = null;
  #memory: BridgeMemory | null = null;
  /** A question is out. */
  #asked = false;
  /** How many answers there were before it. */
  #seen = 0;

  /**
   * @param main the worker's program
   * @param left calls what it is given when nobody has the pipe any more; outlives pipes
   * @param silentSlices half seconds after which a worker that shows no life is given up
   */
  constructor(
    main: URL,
    target: PipeTarget,
    left: FinalizationRegistry<() => void> | null,
    silentSlices: number = SILENT_SLICES,
  ) {
    this.#main = main;
    this.#target = target;
    this.#left = left;
    this.#silentSlices = silentSlices;
  }

  connect(): void {
    this.#start();
    this.#post({ kind: "connect", target: this.#target });
    const answer = this.#wait();
    if (answer instanceof Uint8Array) throw lost("the bridge answered out of turn");
    if (answer.kind !== "failed") return;
    // Who tries until somebody is there does not gather threads.
    this.close();
    throw failureOf(answer);
  }

  begin(request: Uint8Array): void {
    this.#asked = false;
    if (this.#port === null || this.#memory === null) return;
    if (request.length <= AREA_BYTES) {
      this.#memory.request.set(request);
      this.#post(request.length);
    } else {
      const bytes = request.slice();
      this.#post({ kind: "send", bytes }, [bytes.buffer]);
    }
    this.#asked = true;
  }

  finish(): Uint8Array | null {
    if (!this.#asked) return null;
    this.#asked = false;
    const answer = this.#wait();
    if (answer instanceof Uint8Array) return answer;
    if (answer.kind === "bytes") return answer.bytes;
    if (answer.kind === "ended") return null;
    throw answer.kind === "failed" ? failureOf(answer) : lost("the bridge answered out of turn");
  }

  close(): void {
    this.#port?.postMessage({ kind: "close" } satisfies BridgeRequest);
    this.#forget();
  }

  #start(): void {
    if (this.#worker !== null && this.#memory?.numbers[Place.ended] === 0) return;
    const memory = bridgeMemory();
    const { port1, port2 } = new MessageChannel();
    const workerData: BridgeStart = { buffer: memory.buffer, port: port2 };
    const worker = new Worker(this.#main, {
      workerData,
      transferList: [port2],
      // Loaders and watchers of the program are none of its business.
      execArgv: [],
      name: "dosql bridge",
    });
    // How it ended is seen in the shared memory; unheard, it would end the process.
    worker.on("error", () => undefined);
    worker.unref();
    port1.unref();
    this.#left?.register(this, () => port1.postMessage({ kind: "close" }), this);
    this.#worker = worker;
    this.#port = port1;
    this.#memory = memory;
  }

  #post(request: BridgeRequest, transfer: ArrayBuffer[] = []): void {
    const memory = this.#memory;
    const port = this.#port;
    if (memory === null || port === null) throw lost("the bridge is closed");
    // Read before the worker can know of the question: an answer that comes at once is not missed.
    this.#seen = Atomics.load(memory.numbers, Place.answers);
    if (Atomics.load(memory.numbers, Place.ended) === 1) throw this.#gone();
    port.postMessage(request, transfer);
  }

  #wait(): Uint8Array | BridgeAnswer {
    const memory = this.#memory;
    const port = this.#port;
    if (memory === null || port === null) throw lost("the bridge is closed");
    const { numbers } = memory;
    this.#sleep(numbers, this.#seen);
    const size = Atomics.load(numbers, Place.answerBytes);
    // Shared bytes cannot be decoded as text, so they are copied.
    if (size >= 0) return memory.answer.slice(0, size);
    const message: unknown = receiveMessageOnPort(port)?.message;
    if (message === undefined) throw this.#gone();
    return message as BridgeAnswer;
  }

  #sleep(numbers: Int32Array, seen: number): void {
    let silent = 0;
    let beats = Atomics.load(numbers, Place.beats);
    while (Atomics.load(numbers, Place.answers) === seen) {
      const woken = Atomics.wait(numbers, Place.answers, seen, SLICE_MS);
      if (woken !== "timed-out") continue;
      const now = Atomics.load(numbers, Place.beats);
      silent = now === beats ? silent + 1 : 0;
      beats = now;
      if (silent >= this.#silentSlices) throw this.#gone();
    }
  }

  #gone(): DosqlError {
    void this.#worker?.terminate();
    this.#forget();
    return lost("the thread that holds the connection ended");
  }

  #forget(): void {
    this.#left?.unregister(this);
    this.#port?.close();
    this.#port = null;
    this.#memory = null;
    this.#worker = null;
  }
}

function lost(message: string): DosqlError {
  return new DosqlError("connection", message);
}

function failureOf({ code, message, hint }: Extract<BridgeAnswer, { kind: "failed" }>): DosqlError {
  return new DosqlError(code as ErrorCode, message, hint === undefined ? {} : { hint });
}
