/* A bridge worker that fails: as its target's label says, when it is asked to send. */
import { workerData } from "node:worker_threads";
import type { BridgeStart } from "../../../src/platform/node/bridge/bridge-pipe.ts";
import { bridgeMemory, Place } from "../../../src/platform/node/bridge/bridge-signal.ts";
import type { BridgeRequest } from "../../../src/platform/node/bridge/bridge-signal.ts";

const { buffer, port } = workerData as BridgeStart;
const { numbers } = bridgeMemory(buffer);
let how = "";

const wake = (): void => {
  Atomics.store(numbers, Place.answerBytes, -1);
  Atomics.add(numbers, Place.answers, 1);
  Atomics.notify(numbers, Place.answers);
};
const answer = (message: unknown): void => {
  port.postMessage(message);
  wake();
};

port.on("message", (message: BridgeRequest) => {
  if (typeof message === "object" && message.kind === "connect") {
    how = (message.target as { label: string }).label;
    answer({ kind: "connected" });
  } else if (how === "hangs") {
    for (;;);
  } else if (how === "throws") {
    // As the real one does at its end, however it ends.
    process.on("exit", () => {
      Atomics.store(numbers, Place.ended, 1);
      wake();
    });
    throw new Error("on purpose");
  } else if (how === "ended") {
    answer({ kind: "ended" });
  }
});
