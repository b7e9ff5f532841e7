import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const ROOT = path.join(import.meta.dirname, "../..");

/** What a call of wrangler said. */
export interface WranglerAnswer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The real wrangler, in a project folder of its own, with another API than Cloudflare's. */
export interface WranglerCli {
  /** The project folder. */
  readonly folder: string;
  /** Runs `wrangler d1 …`. */
  d1(...args: string[]): Promise<WranglerAnswer>;
  remove(): void;
}

/** @param api where the API is, as `CLOUDFLARE_API_BASE_URL` */
export function wranglerCli(api: string, token: string): WranglerCli {
  const folder = mkdtempSync(path.join(tmpdir(), "dosql-wrangler-cli-"));
  writeFileSync(
    path.join(folder, "wrangler.toml"),
    'name = "app"\nmain = "app.js"\ncompatibility_date = "2026-08-15"\n',
  );
  return {
    folder,
    d1: (...args) => run(folder, ["d1", ...args], { api, token }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function run(
  folder: string,
  args: string[],
  { api, token }: { api: string; token: string },
): Promise<WranglerAnswer> {
  const child = spawn(
    process.execPath,
    [path.join(ROOT, "node_modules/wrangler/bin/wrangler.js"), ...args],
    {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        HOME: folder,
        XDG_CONFIG_HOME: folder,
        CI: "1",
        NO_COLOR: "1",
        CLOUDFLARE_API_BASE_URL: api,
        CLOUDFLARE_API_TOKEN: token,
        CLOUDFLARE_ACCOUNT_ID: "0123456789abcdef0123456789abcdef",
        WRANGLER_SEND_METRICS: "false",
        WRANGLER_HIDE_BANNER: "true",
        WRANGLER_LOG_PATH: path.join(folder, "log"),
      },
    },
  );
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  return new Promise((resolve) => {
    child.once("close", (code) => resolve({ code, out, err }));
  });
}
