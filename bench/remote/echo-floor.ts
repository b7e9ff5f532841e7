import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { MessageChannel, Worker } from "node:worker_threads";
import type { MessagePort } from "node:worker_threads";

/** What the worker gets at its start. */
export interface EchoStart {
  /** One number: how many answers there were. */
  readonly answers: Int32Array<SharedArrayBuffer>;
  readonly port: MessagePort;
  readonly path: string;
}

/** About what a point get sends. */
const BYTES = 60;

/** The way of a point get over a bridge, with nothing of ours on it. */
export interface EchoFloor {
  /** There and back, while this thread sleeps. */
  ask(): void;
  close(): Promise<void>;
}

/** @param folder for the socket */
export async function openEchoFloor(folder: string): Promise<EchoFloor> {
  const socket = path.join(folder, "echo");
  const echo = fork(path.join(import.meta.dirname, "echo-process.ts"), [socket]);
  await once(echo, "message");
  const answers = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(path.join(import.meta.dirname, "echo-worker.ts"), {
    workerData: { answers, port: port2, path: socket } satisfies EchoStart,
    transferList: [port2],
  });
  const wait = (seen: number): void => {
    while (Atomics.load(answers, 0) === seen) Atomics.wait(answers, 0, seen);
  };
  wait(0);
  return {
    ask() {
      const seen = Atomics.load(answers, 0);
      port1.postMessage(BYTES);
      wait(seen);
    },
    async close() {
      await worker.terminate();
      echo.disconnect();
      await once(echo, "exit");
    },
  };
}
