import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { percentile } from "../../bench/report.ts";
import { CROSS_JOIN, makeCrossJoin, POINT_SELECT, POINTS } from "./cross-join.ts";
import { psqlState, startPsql } from "./psql-process.ts";
import { startDosql, type Dosql } from "./servers.ts";
import { cancelRequest, query } from "./wire/frames.ts";
import { render } from "./wire/reply.ts";
import { Wire } from "./wire/wire.ts";

const NEIGHBOUR_SELECTS = 200;
/** The join runs for minutes; a test that waits for its end has failed. */
const TEST_TIMEOUT_MS = 60_000;
const psqlIs = psqlState();
let server: Dosql;

beforeAll(async () => {
  server = await startDosql();
  await makeCrossJoin(server.url);
});

afterAll(async () => {
  await server?.stop();
});

/** Answers of the session, as a transcript shows them. */
async function answers(wire: Wire): Promise<string[]> {
  return (await wire.untilReady()).map((reply) =>
    reply.code.length > 1 ? reply.code : render(reply),
  );
}

async function begun(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 300));
}

async function cancel(victim: Wire): Promise<void> {
  const wire = await Wire.open(server);
  wire.send(cancelRequest(victim.processId, victim.key));
  await wire.next();
  wire.close();
}

describe("while a long join runs", { timeout: TEST_TIMEOUT_MS }, () => {
  it("a neighbour's selects go on, and a cancel ends the join", async () => {
    const joiner = await Wire.login(server);
    const neighbour = new pg.Client({ connectionString: server.url });
    await neighbour.connect();
    try {
      let ended = false;
      joiner.send(query(CROSS_JOIN));
      const answer = answers(joiner).finally(() => (ended = true));
      await begun();
      const delaysMs: number[] = [];
      for (let at = 0; at < NEIGHBOUR_SELECTS; at++) {
        const started = performance.now();
        const { rows } = await neighbour.query(POINT_SELECT, [at % POINTS]);
        delaysMs.push(performance.now() - started);
        expect(rows).toEqual([{ name: `point ${at % POINTS}` }]);
      }
      expect(ended).toBe(false);
      const started = performance.now();
      await cancel(joiner);
      expect(await answer).toEqual(["ErrorResponse ERROR 57014", "ReadyForQuery I"]);
      const cancelMs = performance.now() - started;
      console.log(
        `neighbour's p99 ${percentile(delaysMs, 0.99).toFixed(1)} ms, ` +
          `cancel ${cancelMs.toFixed(1)} ms`,
      );
      joiner.send(query("SELECT name FROM points WHERE id = 7"));
      expect(await answers(joiner)).toContain('DataRow ("point 7")');
    } finally {
      await neighbour.end();
      joiner.close();
    }
  });

  it("a client that does not read its rows holds nobody, and can be cancelled", async () => {
    const reader = await Wire.login(server);
    const neighbour = await Wire.login(server);
    reader.send(query("SELECT a.i, b.i FROM cross_n AS a, cross_n AS b LIMIT 400000"));
    await reader.next();
    reader.pause();
    await begun();
    for (let at = 0; at < 20; at++) {
      neighbour.send(query(`SELECT name FROM points WHERE id = ${at}`));
      expect(await answers(neighbour)).toContain(`DataRow ("point ${at}")`);
    }
    await cancel(reader);
    reader.resume();
    const replies = (await reader.untilReady()).slice(-2).map((reply) => render(reply));
    expect(replies).toEqual(["ErrorResponse ERROR 57014", "ReadyForQuery I"]);
    reader.close();
    neighbour.close();
  });

  it("a neighbour's writes go on", async () => {
    const joiner = await Wire.login(server);
    const neighbour = await Wire.login(server);
    joiner.send(query(CROSS_JOIN));
    await begun();
    for (let at = 0; at < 20; at++) {
      neighbour.send(query(`UPDATE points SET name = 'again ${at}' WHERE id = 1499`));
      expect(await answers(neighbour)).toEqual(["CommandComplete UPDATE 1", "ReadyForQuery I"]);
    }
    await cancel(joiner);
    expect(await answers(joiner)).toContain("ErrorResponse ERROR 57014");
    joiner.close();
    neighbour.close();
  });

  it("more long joins than reader processes wait, and are cancelled all the same", async () => {
    const joiners = await Promise.all(Array.from({ length: 6 }, () => Wire.login(server)));
    for (const joiner of joiners) joiner.send(query(CROSS_JOIN));
    await begun();
    const neighbour = await Wire.login(server);
    neighbour.send(query("SELECT name FROM points WHERE id = 7"));
    expect(await answers(neighbour)).toContain('DataRow ("point 7")');
    for (const joiner of joiners.toReversed()) {
      await cancel(joiner);
      expect(await answers(joiner)).toContain("ErrorResponse ERROR 57014");
    }
    for (const joiner of [...joiners, neighbour]) joiner.close();
  });

  it("a connection that goes away ends its join", async () => {
    // As many as it takes to fill every reader process: the last select must still find one.
    for (let round = 0; round < 6; round++) {
      const joiner = await Wire.login(server);
      joiner.send(query(CROSS_JOIN));
      await begun();
      joiner.close();
    }
    const next = await Wire.login(server);
    next.send(query("SELECT count(*) FROM cross_n WHERE i % 2 = 0"));
    expect(await answers(next)).toContain('DataRow ("750")');
    next.close();
  });

  it.skipIf(!psqlIs.ready)(
    `Ctrl-C in psql ends it${psqlIs.ready ? "" : ` (skipped: ${psqlIs.reason})`}`,
    async () => {
      const child = startPsql(server, ["-c", "\\warn connected", "-c", CROSS_JOIN]);
      let errors = "";
      // Before it is connected, Ctrl-C ends psql itself.
      await new Promise<void>((resolve) => {
        child.stderr?.setEncoding("utf8").on("data", (text: string) => {
          errors += text;
          resolve();
        });
      });
      await begun();
      const started = performance.now();
      child.kill("SIGINT");
      const code = await new Promise((resolve) => child.once("close", resolve));
      console.log(`Ctrl-C in psql came back after ${(performance.now() - started).toFixed(1)} ms`);
      expect(errors).toMatch(/ERROR: /);
      expect(code).toBe(1);
    },
  );
});
