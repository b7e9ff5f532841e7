import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Case } from "./cases/case.ts";
import { GROUPS } from "./groups.ts";
import { KNOWN_GAPS } from "./known-gaps.ts";
import { Stage } from "./play.ts";
import { postgresState, startPostgres, type Postgres } from "./reference.ts";
import { startDosql, type Dosql } from "./servers.ts";
import { differences, readRecording, replies, type Recording } from "./transcripts.ts";

const state = postgresState();
const against = state.ready ? "the real PostgreSQL" : "recorded transcripts of PostgreSQL";
const played = new Map<string, Promise<string[]>>();
let postgres: Postgres | null = null;
let dosql: Dosql;
let ours: Stage;
let theirs: Stage | null = null;

beforeAll(async () => {
  dosql = await startDosql();
  ours = new Stage(dosql);
  if (!state.ready) return;
  postgres = await startPostgres({ settings: { fsync: "off" } });
  theirs = new Stage(postgres);
});

afterAll(async () => {
  ours?.close();
  theirs?.close();
  await dosql?.stop();
  await postgres?.stop();
});

describe.each(Object.entries(GROUPS))(`pgwire %s against ${against}`, (group, cases) => {
  const recording = readRecording(group);

  // Not `it.each`: it cuts titles short.
  for (const one of cases) it(one.name, () => compare(group, one, recording));

  it.skipIf(!state.ready)(
    `says what is recorded${state.ready ? "" : ` (skipped: ${state.reason})`}`,
    async () => {
      const now: Record<string, string[]> = {};
      for (const { name } of cases) now[name] = replies(await reference(group, name));
      expect(now).toEqual(recording);
    },
  );
});

it("lists only gaps of cases that exist", () => {
  const names = KNOWN_GAPS.map((gap) => `${gap.group}: ${gap.case}`);
  const all = Object.entries(GROUPS).flatMap(([group, cases]) =>
    cases.map(({ name }) => `${group}: ${name}`),
  );
  expect(names.filter((name) => !all.includes(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});

it("gives every gap a reason and lines that differ", () => {
  for (const gap of KNOWN_GAPS) {
    expect(gap.reason).toMatch(/\w+ \w+/);
    expect(gap.differences).not.toEqual([]);
  }
});

/** Plays a case against ours; what differs must be what is listed. */
async function compare(group: string, one: Case, recording: Recording): Promise<void> {
  const said = theirs === null ? recording[one.name] : await reference(group, one.name);
  expect(said, "recorded by compat-tests/pgwire/record.ts").toBeDefined();
  const transcript = await ours.play(one);
  const gap = KNOWN_GAPS.find((known) => known.group === group && known.case === one.name);
  const found = differences(replies(said ?? []), replies(transcript));
  // The whole transcript explains a difference better than its lines do.
  const shown = found.length === 0 || gap !== undefined ? "" : `\n${transcript.join("\n")}\n`;
  expect(found, shown).toEqual(gap?.differences ?? []);
}

/** What the real server says, asked once. */
async function reference(group: string, name: string): Promise<string[]> {
  const key = `${group}: ${name}`;
  const found = GROUPS[group]?.find((one) => one.name === name);
  if (theirs === null || found === undefined) throw new Error(`no reference for ${key}`);
  let transcript = played.get(key);
  if (transcript === undefined) {
    transcript = theirs.play(found);
    played.set(key, transcript);
  }
  return await transcript;
}
