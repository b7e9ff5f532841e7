import { workerData } from "node:worker_threads";
import { DosqlError } from "../../../base/errors.ts";
import type { PipeTarget } from "../../../ports/sync-pipe.ts";
import { openBridgeSocket } from "./bridge-login.ts";
import { BridgeLink } from "./bridge-link.ts";
import type { BridgeStart } from "./bridge-pipe.ts";
import { AREA_BYTES, bridgeMemory, Place } from "./bridge-signal.ts";
import type { BridgeAnswer, BridgeRequest } from "./bridge-signal.ts";

/** Often enough that the blocked thread, which looks twice a second, sees one each time. */
const BEAT_MS = 200;

/** The whole life of a bridge worker: it carries bytes, and knows nothing of what they say. */
export function serveBridge(): void {
  const { buffer, port } = workerData as BridgeStart;
  const { numbers, request, answer } = bridgeMemory(buffer);
  let link: BridgeLink | null = null;
  let patienceMs: number | null = null;
  const wake = (size: number): void => {
    Atomics.store(numbers, Place.answerBytes, size);
    Atomics.add(numbers, Place.answers, 1);
    Atomics.notify(numbers, Place.answers);
  };
  const post = (message: BridgeAnswer, transfer: ArrayBuffer[] = []): void => {
    port.postMessage(message, transfer);
    wake(-1);
  };
  const answered = (bytes: Uint8Array): void => {
    if (bytes.length <= AREA_BYTES) {
      answer.set(bytes);
      wake(bytes.length);
    } else {
      // A slice of its own: cloning a view would clone all that is behind it.
      const own = new Uint8Array(bytes);
      post({ kind: "bytes", bytes: own }, [own.buffer]);
    }
  };
  const send = (bytes: Uint8Array): void => {
    const failed = (error: DosqlError): void => post(failureOf(error));
    if (link === null || link.ended) post({ kind: "ended" });
    else if (patienceMs === null) link.send(bytes, { answered, failed });
    else
      link.sendHeard(bytes, patienceMs, { answered, failed, ended: () => post({ kind: "ended" }) });
  };
  setInterval(() => Atomics.add(numbers, Place.beats, 1), BEAT_MS);
  process.on("exit", () => {
    Atomics.store(numbers, Place.ended, 1);
    wake(-1);
  });
  port.on("message", (message: BridgeRequest) => {
    if (typeof message === "number") {
      send(Buffer.from(request.subarray(0, message)));
      return;
    }
    switch (message.kind) {
      case "send":
        send(message.bytes);
        break;
      case "connect":
        link?.close();
        link = null;
        patienceMs = (message.target as PipeTarget).patienceMs ?? null;
        openBridgeSocket(message.target as PipeTarget).then(
          ({ socket, goOn }) => {
            link = new BridgeLink(socket);
            goOn();
            post({ kind: "connected" });
          },
          (error: unknown) => post(failureOf(error)),
        );
        break;
      case "close":
        link?.close();
        process.exit(0);
    }
  });
  // The thread that asks has ended, or let go of us.
  port.on("close", () => {
    link?.close();
    process.exit(0);
  });
}

function failureOf(error: unknown): BridgeAnswer {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof DosqlError)) return { kind: "failed", code: "connection", message };
  const { code, hint } = error;
  return { kind: "failed", code, message, ...(hint === undefined ? {} : { hint }) };
}
