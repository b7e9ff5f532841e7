import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

const FOLDER = path.join(import.meta.dirname, "..");
const WRANGLER = path.join(
  path.dirname(createRequire(import.meta.url).resolve("wrangler/package.json")),
  "bin/wrangler.js",
);
/** A busy machine; normally a few seconds. */
const TIMEOUT_MS = 60_000;

/** The application under `wrangler dev`, with a database of its own. */
export interface DevServer {
  fetch(request: Request): Promise<Response>;
  stop(): Promise<void>;
}

/** Who has it may use the database from outside. */
const TOKEN = "only-for-this-test";

/**
 * Serves the application with a new local database and applies the migrations to it: to D1 in
 * its files, to DoSQL through the running Worker.
 *
 * @param config wrangler's settings to use: they alone say where `DB` is
 */
export async function startDev(
  config: "wrangler.jsonc" | "wrangler.dosql.jsonc",
): Promise<DevServer> {
  const state = mkdtempSync(path.join(tmpdir(), "d1-worker-"));
  const persist = ["--persist-to", state];
  const migrate = async (words: readonly string[], env: Record<string, string>): Promise<void> => {
    const { code, said } = await wrangler(
      ["d1", "migrations", "apply", "shop", ...words],
      state,
      env,
    ).ended;
    if (code !== 0) throw new Error(`the migrations failed: ${said}`);
  };
  const isD1 = config === "wrangler.jsonc";
  if (isD1) await migrate(["--local", "--config", config, ...persist], {});
  const ports = ["--ip", "127.0.0.1", "--port", "0", "--inspector-port", "0"];
  const variables = isD1 ? [] : ["--var", `DOSQL_TOKEN:${TOKEN}`];
  const dev = wrangler(["dev", "--config", config, ...ports, ...persist, ...variables], state, {});
  const stop = async (): Promise<void> => {
    dev.kill();
    await dev.ended;
    rmSync(state, { recursive: true, force: true });
  };
  try {
    const url = await dev.says(/Ready on (http:\/\/127\.0\.0\.1:\d+)/);
    if (!isD1) {
      await migrate(["--remote", "--config", "wrangler.data.jsonc"], {
        CLOUDFLARE_API_BASE_URL: `${url}/client/v4`,
        CLOUDFLARE_API_TOKEN: TOKEN,
        CLOUDFLARE_ACCOUNT_ID: "local",
      });
    }
    const fetchPage = (request: Request): Promise<Response> => {
      const { pathname, search } = new URL(request.url);
      return fetch(new Request(url + pathname + search, request));
    };
    return { fetch: fetchPage, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Running {
  readonly ended: Promise<{ code: number | null; said: string }>;
  says(pattern: RegExp): Promise<string>;
  kill(): void;
}

function wrangler(
  words: readonly string[],
  state: string,
  variables: Record<string, string>,
): Running {
  const child = spawn(process.execPath, [WRANGLER, ...words], {
    cwd: FOLDER,
    // A group of its own: wrangler starts processes, which end with it.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      CI: "true",
      NO_COLOR: "1",
      HOME: state,
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_LOG_PATH: path.join(state, "log"),
      CLOUDFLARE_CF_FETCH_ENABLED: "false",
      ...variables,
    },
  });
  const kill = (): void => {
    if (child.pid === undefined || child.exitCode !== null) return;
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // Gone already.
    }
  };
  process.once("exit", kill);
  const timer = setTimeout(kill, TIMEOUT_MS);
  let said = "";
  let heard = (): void => undefined;
  const hear = (text: string): void => {
    said += text;
    heard();
  };
  child.stdout.setEncoding("utf8").on("data", hear);
  child.stderr.setEncoding("utf8").on("data", hear);
  const ended = new Promise<{ code: number | null; said: string }>((resolve) => {
    child.once("close", (code) => {
      clearTimeout(timer);
      process.removeListener("exit", kill);
      resolve({ code, said });
    });
  });
  const says = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      heard = () => {
        const found = pattern.exec(said)?.[1];
        if (found === undefined) return;
        clearTimeout(timer);
        resolve(found);
      };
      void ended.then(() => reject(new Error(`wrangler ended: ${said}`)));
    });
  return { ended, says, kill };
}
