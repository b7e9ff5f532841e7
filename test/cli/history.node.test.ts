import * as fs from "node:fs";
import * as path from "node:path";
import { expect, it } from "vitest";
import { NodeSqlDriver } from "../../src/platform/node/sqlite/sqlite-driver.ts";
import { dosql, scratchFolder, serve } from "./run-dosql.ts";

interface Line {
  readonly lsn: number;
  readonly id: string;
  readonly time: string;
  readonly clock: string;
}

const pause = (delayMs: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, delayMs));

async function ran(words: readonly string[], input = ""): Promise<string> {
  const done = await dosql(words, { input });
  expect(done.err).toBe("");
  expect(done.code).toBe(0);
  return done.out;
}

/** A folder with one transaction for each row of `t`, and what `dosql tail` prints of them. */
async function filled(data: string): Promise<Line[]> {
  await ran(["import", "-", "--data", data], "CREATE TABLE t (x);");
  for (let i = 1; i <= 3; i++) {
    await pause(3);
    await ran(["sql", "--data", data, "-c", `INSERT INTO t VALUES (${i})`]);
  }
  const out = await ran(["tail", "--data", data, "--from", "start", "--no-follow"]);
  const lines = out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line & { event: string });
  return lines.filter(({ event }) => event === "transaction").slice(-3);
}

it("takes what dosql tail prints as a time, wherever one is asked for", async () => {
  const folder = scratchFolder();
  const data = path.join(folder, "data");
  const lines = await filled(data);
  await ran(["checkpoint", "--data", data]);
  const [, second] = lines;
  expect(second?.clock).toMatch(/^0[0-9a-f]{15}$/);
  const { lsn = 0, id = "", time = "", clock = "" } = second ?? {};
  const count = async (sql: string): Promise<unknown> =>
    JSON.parse(await ran(["sql", "--data", data, "-c", sql, "--json"]));
  const asked = [`'${clock}'`, `'${id}'`, `'${time}'`, `lsn(${lsn})`, `'lsn ${lsn}'`];
  const counts = asked.map((asOf) => `(SELECT count(*) FROM t FOR SYSTEM_TIME AS OF ${asOf})`);
  expect(await count(`SELECT json_array(${counts.join()}) AS n`)).toEqual([{ n: "[2,2,2,2,2]" }]);
  expect(await count(`/*dosql_as_of='${clock}'*/ SELECT count(*) AS n FROM t`)).toEqual([{ n: 2 }]);
  // The snapshot of the checkpoint is the only one: an earlier time is not in the archive.
  const early = await dosql([
    "restore",
    "--data",
    data,
    "--to",
    clock,
    "--out",
    path.join(folder, "early"),
  ]);
  expect(early.err).toMatch(/does not reach back so far/);
  const last = lines.at(-1);
  for (const [i, to] of [last?.clock, last?.id, last?.time, String(last?.lsn)].entries()) {
    const out = path.join(folder, `to ${i}`);
    const words = ["restore", "--data", data, "--to", String(to), "--out", out, "--json"];
    expect(JSON.parse(await ran(words))).toMatchObject({ lsn: last?.lsn, leftOut: [] });
  }
  for (const from of [clock, time]) {
    const out = await ran(["tail", "--data", data, "--from", from, "--no-follow"]);
    expect(out.match(/"event":"transaction","lsn":\d+/g)).toEqual(
      lines.slice(1).map((line) => `"event":"transaction","lsn":${line.lsn}`),
    );
  }
}, 60_000);

it("shows what a file says of its change log", async () => {
  const folder = scratchFolder();
  const data = path.join(folder, "data");
  const file = path.join(data, "databases/main/shard-0.sqlite");
  const lines = await filled(data);
  const head = lines.at(-1)?.lsn ?? 0;
  const script =
    "CREATE VIRTUAL TABLE words USING fts5 (w); CREATE VIRTUAL TABLE old USING fts4 (w);";
  await ran(["sql", "--data", data, "-c", script]);
  await ran([
    "tail",
    "--data",
    data,
    "--slot",
    "mailer",
    "--create",
    "--from",
    String(head),
    "--no-follow",
  ]);
  const before = JSON.parse(await ran(["info", file, "--json"])) as { changes: unknown };
  const newest = head + 4;
  const wanted = {
    capture: { mode: "on", except: [] },
    head: newest,
    oldest: 1,
    newestMs: expect.any(Number) as number,
    uncaptured: ["old"],
    archive: null,
    slots: [{ name: "mailer", confirmedLsn: newest, lagEntries: 0, lost: null, active: false }],
  };
  expect(before.changes).toEqual(wanted);
  await ran(["checkpoint", "--data", data]);
  const archive = {
    folder: path.join(data, "archive"),
    archivedLsn: newest,
    oldestSnapshot: newest,
    newestSnapshot: newest,
  };
  const after = JSON.parse(await ran(["info", "--data", data, "--json"])) as { changes: unknown };
  expect(after.changes).toMatchObject({ ...wanted, slots: [{ name: "mailer" }], archive });
  const text = await ran(["info", file]);
  expect(text).toMatch(/capture +on, log up to \d+\n/);
  expect(text).toMatch(new RegExp(`log +LSN 1 to ${newest}, newest commit 20`));
  expect(text).toMatch(/uncaptured +virtual old\n/);
  expect(text).toMatch(/slot +mailer at \d+, 0 behind\n/);
  // Also while a server has it.
  const server = await serve(data);
  const served = await ran(["info", "--data", data]);
  expect(served).toMatch(new RegExp(`archive +up to LSN ${newest}, restores from LSN ${newest}\n`));
  expect(served).toMatch(/uncaptured +virtual old\n/);
  expect((await server.stop()).err).toBe("");
  const plain = path.join(folder, "plain.sqlite");
  const driver = new NodeSqlDriver(plain);
  driver.exec("CREATE TABLE t (x)");
  driver.close();
  const nothing = JSON.parse(await ran(["info", plain, "--json"])) as { changes: unknown };
  expect(nothing.changes).toMatchObject({ capture: { mode: "off" }, head: 0, oldest: null });
}, 60_000);

it("shortens an archive", async () => {
  const folder = scratchFolder();
  const data = path.join(folder, "data");
  await filled(data);
  await ran(["checkpoint", "--data", data]);
  const snapshots = (): string[] => fs.readdirSync(path.join(data, "archive/snap/main/0"));
  expect(snapshots()).toHaveLength(1);
  expect(
    JSON.parse(await ran(["vacuum", "--data", data, "--archive-days", "30", "--json"])),
  ).toMatchObject({ deletedFiles: 0 });
  expect(await ran(["vacuum", "--data", data, "--archive-days", "0"])).toMatch(
    /now, 0 old files of the archive deleted\n$/,
  );
  expect(JSON.parse(await ran(["vacuum", "--data", data, "--json"]))).toMatchObject({
    deletedFiles: null,
  });
  expect(snapshots()).toHaveLength(1);
}, 60_000);
