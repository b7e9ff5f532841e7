/** Carries questions of the thread that sleeps to the echo, and wakes it, as the bridge does. */
import { connect } from "node:net";
import { workerData } from "node:worker_threads";
import type { EchoStart } from "./echo-floor.ts";

const { answers, port, path } = workerData as EchoStart;
const answered = (): void => {
  Atomics.add(answers, 0, 1);
  Atomics.notify(answers, 0);
};
const socket = connect(path, answered);
socket.on("data", answered);
port.on("message", (bytes: number) => socket.write(Buffer.alloc(bytes)));
