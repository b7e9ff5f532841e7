import { spawn, spawnSync } from "node:child_process";

/** Where pgbench connects to. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export type QueryMode = "simple" | "extended" | "prepared";

/** What pgbench plays. */
export interface Play {
  readonly mode: QueryMode;
  readonly clients: number;
  readonly seconds: number;
  /** A script file, or null for pgbench's own `-S`. */
  readonly script: string | null;
}

/** The version of the pgbench that is installed, or null. */
export function pgbenchVersion(): string | null {
  const asked = spawnSync("pgbench", ["--version"], { encoding: "utf8" });
  return asked.status === 0 ? asked.stdout.trim() : null;
}

/**
 * Plays and counts transactions per second, without the time to connect.
 *
 * @throws Error with what pgbench said, when a client failed
 */
export async function pgbench(target: Target, play: Play): Promise<number> {
  const what = play.script === null ? ["-S"] : ["-f", play.script];
  const how = ["-M", play.mode, "-c", String(play.clients), "-j", "1", "-T", String(play.seconds)];
  const where = ["-h", target.host, "-p", String(target.port), "-U", target.user, target.database];
  const env = {
    PATH: process.env["PATH"],
    PGPASSWORD: target.password,
    PGOPTIONS: "-c dosql.dialect=sqlite",
    PGSSLMODE: "disable",
  };
  const child = spawn("pgbench", ["-n", ...what, ...how, ...where], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const tps = /^tps = ([\d.]+)/m.exec(output)?.[1];
  if (code !== 0 || tps === undefined) {
    throw new Error(`pgbench ended with code ${code}:\n${firstLines(errors)}`);
  }
  return Number(tps);
}

function firstLines(text: string): string {
  return text.split("\n").slice(0, 8).join("\n");
}
