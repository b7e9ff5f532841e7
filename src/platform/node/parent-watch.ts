import { Worker } from "node:worker_threads";

/**
 * Kills this process when its parent is gone: while SQLite runs, the main thread hears nothing,
 * and an orphan would burn a core until its statement ends.
 */
const WATCHDOG = `
  const parent = process.ppid;
  setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, "SIGKILL"); }, 1000);
`;

/** A process that works for another one ends with it, whatever it does at that moment. */
export function endWithParent(): void {
  new Worker(WATCHDOG, { eval: true }).unref();
  // Ctrl-C in the parent's terminal reaches the whole process group; the parent decides when.
  process.on("SIGINT", () => undefined);
  process.on("disconnect", () => {
    process.exit(0);
  });
}
