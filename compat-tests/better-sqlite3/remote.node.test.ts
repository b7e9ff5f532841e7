import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
// Not by the public name: this folder is a package of its own.
import Database from "../../src/entry/better-sqlite3.ts";
import { startRemote } from "../../test/compat/better-sqlite3/remote-process.ts";
import type { PortProcess } from "../../test/compat/better-sqlite3/remote-process.ts";
import { copies } from "./cases/copies.ts";
import { answer } from "./contract.ts";
import type { Answers } from "./contract.ts";
import { realDatabase, reference } from "./libraries.ts";
import { SERVED_CASES } from "./served-cases.ts";
import { isRefusal, outcomeOf } from "./served-contract.ts";
import { REMOTE_GAPS } from "./served-gaps.ts";

/** So many answers are the library's own at least: refusals must not become the rule. */
const LEAST_AGREED = 700;

/** One case opens 60 databases, each with a thread of its own. */
const SLOW = { timeout: 60_000 };

/** A server can copy its files, too; a Durable Object has none. */
const CASES = [...SERVED_CASES, ...copies];

const root = mkdtempSync(path.join(tmpdir(), "dosql-remote-contract-"));
let server: PortProcess;
let databases = 0;
let agreed = 0;

beforeAll(async () => {
  server = await startRemote();
});
afterAll(async () => {
  await server.stop();
  rmSync(root, { recursive: true, force: true });
});

/** The database that stands for each file. */
const files = new Map<string, string>();

/**
 * Each database in memory, and each file, is one at the server; but for bytes, and files that are
 * here, because a backup made them.
 */
function Remote(source: string | Buffer | undefined, options: object): object {
  if (Buffer.isBuffer(source) || (source !== undefined && existsSync(source))) {
    return new Database(source, { ...options, binding: "builtin" });
  }
  const file = source === undefined || source === ":memory:" ? "" : source;
  const name = files.get(file) ?? `db${++databases}`;
  if (file !== "") files.set(file, name);
  return new Database(`dosql://127.0.0.1:${server.port}/${name}`, options);
}
Remote.prototype = Database.prototype;
Object.assign(Remote, { SqliteError: Database.SqliteError });

async function ask(index: number): Promise<[real: Answers, ours: Answers]> {
  const theCase = CASES[index];
  if (theCase === undefined) throw new RangeError("no such case");
  const folder = (side: string): string => {
    const made = path.join(root, side, String(index));
    mkdirSync(made, { recursive: true });
    return made;
  };
  const real = await answer(theCase, realDatabase(), folder("real"));
  try {
    return [real, await answer(theCase, Remote, folder("ours"))];
  } catch (error) {
    const gap = REMOTE_GAPS[theCase.name]?.["the case itself"];
    if (gap !== undefined || isRefusal(error)) return [real, {}];
    throw error;
  }
}

const title = reference.ready ? "" : ` (skipped: ${reference.reason})`;

describe.skipIf(!reference.ready)(`a remote database against the real library${title}`, () => {
  it.each(CASES.map(({ name }, index) => ({ name, index })))("$name", SLOW, async (one) => {
    const [real, ours] = await ask(one.index);
    const outcome = outcomeOf(one.name, real, ours, REMOTE_GAPS);
    agreed += outcome.agreed;
    expect(outcome.differences).toEqual([]);
    expect(outcome.closed).toEqual([]);
  });

  it(`agrees in ${LEAST_AGREED} answers at least`, () => {
    expect(agreed).toBeGreaterThanOrEqual(LEAST_AGREED);
  });
});
