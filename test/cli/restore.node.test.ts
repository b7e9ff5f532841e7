import * as fs from "node:fs";
import * as path from "node:path";
import { expect, it } from "vitest";
import { dosql, scratchFolder, serve } from "./run-dosql.ts";
import type { Finished } from "./run-dosql.ts";

const pause = (delayMs: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, delayMs));

async function run(url: string, sql: string): Promise<Finished> {
  const done = await dosql(["sql", "--url", url, "-c", sql]);
  expect(done).toMatchObject({ code: 0, err: "" });
  return done;
}

async function rows(data: string, sql = "SELECT * FROM t"): Promise<unknown> {
  const { out, err } = await dosql(["sql", "--data", data, "-c", sql, "--json"]);
  expect(err).toBe("");
  return JSON.parse(out) as unknown;
}

it("brings a copy back to any second while the server goes on", async () => {
  const folder = scratchFolder();
  const data = path.join(folder, "data");
  const server = await serve(data);
  const seen: { readonly time: string; readonly rows: unknown }[] = [];
  await run(server.pgUrl, "CREATE TABLE t (id INTEGER PRIMARY KEY, x)");
  for (const sql of [
    "INSERT INTO t (x) VALUES ('one'), ('two')",
    "UPDATE t SET x = 'changed' WHERE id = 1",
    "DELETE FROM t WHERE id = 2",
  ]) {
    await run(server.pgUrl, sql);
    const { out } = await dosql(["sql", "--url", server.pgUrl, "-c", "SELECT * FROM t", "--json"]);
    await pause(20);
    seen.push({ time: new Date().toISOString(), rows: JSON.parse(out) as unknown });
    await pause(20);
  }
  for (const [i, { time, rows: wanted }] of seen.entries()) {
    const out = path.join(folder, `copy ${i}`);
    const words = ["restore", "--data", data, "--to", time, "--out", out];
    const done = await dosql(words);
    expect(done).toMatchObject({ code: 0, err: "" });
    expect(done.out).toContain(`restored ${out} as of `);
    expect(await rows(out)).toEqual(wanted);
  }
  const out = path.join(folder, "last");
  const json = await dosql(["restore", "--data", data, "--to", "latest", "--out", out, "--json"]);
  expect(JSON.parse(json.out)).toMatchObject({
    out,
    lsn: 9,
    snapshotLsn: 0,
    fromDatabase: true,
    atEnd: true,
    time: expect.stringMatching(/^\d{4}-/) as string,
  });
  // The copy has a log of its own, and is served as any other.
  const copy = await serve(out);
  await run(copy.pgUrl, "INSERT INTO t (x) VALUES ('in the copy')");
  expect((await copy.stop()).err).toBe("");
  const again = path.join(folder, "copy of the copy");
  await dosql(["restore", "--data", out, "--to", "latest", "--out", again]);
  expect(await rows(again)).toEqual([
    { id: 1, x: "changed" },
    { id: 2, x: "in the copy" },
  ]);
  expect((await server.stop()).err).toBe("");
  expect(await rows(data)).toEqual(seen[2]?.rows);
}, 60_000);

it("rescues what the archive has when nothing else is left", async () => {
  const folder = scratchFolder();
  const data = path.join(folder, "data");
  const script = "CREATE TABLE t (x); INSERT INTO t VALUES (1), (2);";
  await dosql(["import", "-", "--data", data], { input: script });
  const done = await dosql(["checkpoint", "--data", data, "--json"]);
  const { archivedLsn, ...report } = JSON.parse(done.out) as { archivedLsn: number };
  expect(report).toMatchObject({ segments: 1, snapshotLsn: archivedLsn });
  const more = "INSERT INTO t VALUES (3)";
  await dosql(["sql", "--data", data, "-c", more]);
  fs.rmSync(path.join(data, "databases"), { recursive: true });
  const out = path.join(folder, "out");
  const rescued = await dosql(["restore", "--data", data, "--to", "latest", "--out", out]);
  expect(rescued.out).toContain("the archive ends here");
  expect(await rows(out)).toEqual([{ x: 1 }, { x: 2 }]);
  const archive = path.join(data, "archive");
  const moved = path.join(folder, "moved");
  fs.renameSync(archive, moved);
  const other = path.join(folder, "other");
  const words = [
    "restore",
    "--archive",
    moved,
    "--to",
    String(archivedLsn),
    "--out",
    other,
    "--json",
  ];
  expect(JSON.parse((await dosql(words)).out)).toMatchObject({
    lsn: archivedLsn,
    fromDatabase: false,
  });
  expect(await rows(other)).toEqual([{ x: 1 }, { x: 2 }]);
}, 60_000);

it("says what is wrong with what it is given", async () => {
  const folder = scratchFolder();
  const data = path.join(folder, "data");
  await dosql(["import", "-", "--data", data], { input: "CREATE TABLE t (x);" });
  const out = path.join(folder, "out");
  const restore = (...words: string[]): Promise<Finished> =>
    dosql(["restore", "--data", data, "--out", out, ...words]);
  const none = await restore("--to", "latest");
  expect(none).toMatchObject({ code: 4, out: "" });
  expect(none.err).toMatch(/there is no archive at .*archive\n.*dosql checkpoint/s);
  expect((await dosql(["checkpoint", "--data", data])).out).toMatch(
    /^archived up to LSN 2, 1 new segment, a snapshot at LSN 2\n$/,
  );
  const cases: [string[], number, RegExp][] = [
    [[], 2, /--to is missing/],
    [
      ["--to", "yesterday"],
      2,
      /yesterday is no moment to restore to\n.*plain number is a log sequence/s,
    ],
    [["--to", "1763719200000"], 2, /no moment.*those milliseconds are 2025-11-21T10:00:00\.000Z/s],
    [["--to", "2999-01-01"], 2, /lies in the future\n.*--to latest/s],
    [["--to", "17"], 2, /LSN 17 does not exist yet/],
    [["--to", "1999-01-01 00:00:00"], 1, /does not reach back so far\n.*it begins at/s],
  ];
  for (const [words, code, message] of cases) {
    const done = await restore(...words);
    expect([done.code, done.out], words.join(" ")).toEqual([code, ""]);
    expect(done.err).toMatch(message);
  }
  fs.mkdirSync(path.join(folder, "full"));
  fs.writeFileSync(path.join(folder, "full", "file"), "");
  const full = ["restore", "--data", data, "--to", "2", "--out", path.join(folder, "full")];
  expect((await dosql(full)).err).toContain("it holds other files");
  expect(await restore("--to", "2")).toMatchObject({ code: 0 });
  expect((await restore("--to", "2")).err).toContain("holds a database already");
  const nowhere = await dosql([
    "restore",
    "--data",
    path.join(folder, "no"),
    "--to",
    "2",
    "--out",
    out,
  ]);
  expect(nowhere.err).toContain("is no data folder");
  expect(fs.readdirSync(path.join(out, "databases/main"))).toEqual(["shard-0.sqlite"]);
}, 60_000);

it("gives space back, and keeps off a folder that is served", async () => {
  const folder = scratchFolder();
  const data = path.join(folder, "data");
  const script =
    "CREATE TABLE t (x); INSERT INTO t VALUES (hex(zeroblob(100000))), (hex(zeroblob(100001))); " +
    "CREATE INDEX i ON t (x); DROP INDEX i;";
  await dosql(["import", "-", "--data", data], { input: script });
  const { out } = await dosql(["vacuum", "--data", data, "--json"]);
  const { beforeBytes, afterBytes } = JSON.parse(out) as Record<string, number>;
  expect(afterBytes).toBeLessThan(beforeBytes ?? 0);
  const server = await serve(data);
  for (const command of ["checkpoint", "vacuum"]) {
    const done = await dosql([command, "--data", data]);
    expect(done.code).toBe(3);
    expect(done.err).toContain("is owned by process");
  }
  await server.stop();
}, 60_000);
