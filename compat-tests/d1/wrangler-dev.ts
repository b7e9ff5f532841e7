import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const ROOT = path.join(import.meta.dirname, "../..");
/** A busy machine; normally three seconds. */
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;

/** `wrangler dev` in this repository. */
export interface WranglerDev {
  /** The address that it serves, without a slash at the end. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts `wrangler dev` on a free port, with storage and settings in a folder of its own, and
 * keeps it from asking the network.
 *
 * @param config instead of this repository's own `wrangler.toml`
 * @throws Error with all that it said, when it does not come up
 */
export async function startWranglerDev(
  variables: Record<string, string>,
  config = path.join(ROOT, "wrangler.toml"),
): Promise<WranglerDev> {
  const home = mkdtempSync(path.join(tmpdir(), "dosql-wrangler-"));
  const child = spawn(
    process.execPath,
    [
      path.join(ROOT, "node_modules/wrangler/bin/wrangler.js"),
      ...["dev", "--config", config],
      ...["--ip", "127.0.0.1", "--port", "0", "--inspector-port", "0"],
      ...["--persist-to", path.join(home, "state"), "--show-interactive-dev-session=false"],
      ...Object.entries(variables).flatMap(([name, value]) => ["--var", `${name}:${value}`]),
    ],
    {
      cwd: ROOT,
      // A group of its own: wrangler runs in a child of its own, and workerd in that one's.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        HOME: home,
        XDG_CONFIG_HOME: home,
        CI: "1",
        NO_COLOR: "1",
        WRANGLER_SEND_METRICS: "false",
        WRANGLER_HIDE_BANNER: "true",
        WRANGLER_LOG_PATH: path.join(home, "log"),
        CLOUDFLARE_CF_FETCH_ENABLED: "false",
      },
    },
  );
  const killGroup = (signal: NodeJS.Signals): void => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    try {
      process.kill(-child.pid, signal);
    } catch {
      // Gone already.
    }
  };
  const killAtExit = (): void => killGroup("SIGKILL");
  process.once("exit", killAtExit);
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = async (): Promise<void> => {
    killGroup("SIGTERM");
    const timer = setTimeout(() => killGroup("SIGKILL"), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(timer);
    process.removeListener("exit", killAtExit);
    rmSync(home, { recursive: true, force: true });
  };

  let said = "";
  const { promise: ready, resolve, reject } = Promise.withResolvers<string>();
  const listen = (text: string): void => {
    said += text;
    const url = /Ready on (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1];
    if (url !== undefined) resolve(url);
  };
  child.stdout.setEncoding("utf8").on("data", listen);
  child.stderr.setEncoding("utf8").on("data", listen);
  child.once("error", reject);
  void ended.then(() => reject(new Error(`wrangler dev ended: ${said}`)));
  const timer = setTimeout(
    () => reject(new Error(`wrangler dev is not ready: ${said}`)),
    START_TIMEOUT_MS,
  );
  try {
    return { url: await ready, stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
