import type { CliHost } from "./host.ts";
import type { Progress } from "./progress.ts";
import { progressOn } from "./progress.ts";

/** Steps between two looks at signals. */
const PAUSE_STEPS = 64;

/** The bar, the clock and Ctrl-C of a long command. */
export interface WorkWatch {
  /** Shows how far it is; true when the user wants to stop. */
  step(count: number, part: number | null, note: string): Promise<boolean>;
  end(): Promise<void>;
  elapsedMs(): number;
}

/** Watches over work that goes in steps; a path is shown by its last part. */
export function watchWork(host: CliHost, verb: string, path: string): WorkWatch {
  const title = `${verb} ${path.replace(/^.*[\\/](?=.)/, "").replace(/\?.*$/, "")}`;
  const startedMs = host.clock.monotonicMs();
  const bar: Progress = progressOn(host.err, host.clock, title);
  let stopped = false;
  const forget = host.onSignal(() => {
    stopped = true;
  });
  return {
    async step(count, part, note) {
      await bar.update(part, note);
      if (count % PAUSE_STEPS === 0) await host.pause();
      return stopped;
    },
    async end() {
      forget();
      await bar.clear();
    },
    elapsedMs: () => host.clock.monotonicMs() - startedMs,
  };
}
