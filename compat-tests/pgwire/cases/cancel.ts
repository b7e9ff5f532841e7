import { cancelRequest, query, SYNC, bind, execute, parse } from "../wire/frames.ts";
import { Wire } from "../wire/wire.ts";
import type { Talk, TalkSession } from "../wire/talk.ts";
import type { Case } from "./case.ts";

/** Runs for minutes, in both dialects, and answers one row. */
export const LONG_SELECT = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
  SELECT count(*) FROM n AS a, n AS b, n AS c WHERE (a.i + b.i + c.i) % 7 = 3`;

/** As the one above, and over after a second or two: ours cannot interrupt it where it is used. */
const SHORTER_SELECT = LONG_SELECT.replace("i < 2000", "i < 350");

/** Time for a statement to begin before it is cancelled. */
const BEGUN_MS = 300;

async function begun(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, BEGUN_MS));
}

async function cancel(talk: Talk, session: TalkSession, key: Buffer): Promise<void> {
  const wire = await Wire.open(talk.address);
  wire.send(cancelRequest(session.wire.processId, key));
  session.note(`> CancelRequest, answered by ${(await wire.next()).code}`);
  wire.close();
}

/** Cancel keys and timeouts. */
const ALL: readonly Case[] = [
  {
    name: "a simple query is cancelled",
    async run(talk) {
      const session = await talk.session();
      session.send("long select", query(LONG_SELECT));
      await begun();
      await cancel(talk, session, session.wire.key);
      await session.ready();
      await session.query("SELECT id FROM t WHERE id = 1");
    },
  },
  {
    name: "an Execute is cancelled",
    async run(talk) {
      const session = await talk.session();
      session.send("long select", parse(LONG_SELECT), bind(), execute(), SYNC);
      await begun();
      await cancel(talk, session, session.wire.key);
      await session.ready();
      await session.query("SELECT id FROM t WHERE id = 1");
    },
  },
  {
    name: "a cancel in a block fails it",
    async run(talk) {
      const session = await talk.session();
      await session.query("BEGIN");
      await session.query("SELECT id FROM t WHERE id = 1");
      session.send("long select", query(LONG_SELECT));
      await begun();
      await cancel(talk, session, session.wire.key);
      await session.ready();
      await session.query("SELECT id FROM t");
      await session.query("ROLLBACK");
      await session.query("SELECT id FROM t WHERE id = 1");
    },
  },
  {
    name: "a cancel in a block that has written fails it",
    async run(talk) {
      const session = await talk.session();
      await session.query("BEGIN");
      await session.query("INSERT INTO t VALUES (10, 'ten')");
      session.send("long select", query(SHORTER_SELECT));
      await begun();
      await cancel(talk, session, session.wire.key);
      await session.ready();
      await session.query("SELECT id FROM t");
      await session.query("ROLLBACK");
      await session.query("SELECT id FROM t WHERE id = 10");
    },
  },
  {
    name: "a wrong key changes nothing",
    async run(talk) {
      const session = await talk.session();
      session.send("long select", query(LONG_SELECT));
      await begun();
      const wrong = Buffer.from(session.wire.key.map((byte) => byte ^ 0xff));
      await cancel(talk, session, wrong);
      await begun();
      await cancel(talk, session, session.wire.key);
      await session.ready();
    },
  },
  {
    name: "a cancel of an idle session changes nothing",
    async run(talk) {
      const session = await talk.session();
      await cancel(talk, session, session.wire.key);
      await session.within(100);
      await session.query("SELECT id FROM t WHERE id = 1");
    },
  },
  {
    name: "a waiting writer is cancelled",
    async run(talk) {
      const [a, b] = [await talk.session(), await talk.session()];
      await a.query("BEGIN");
      await a.query("UPDATE t SET name = 'a' WHERE id = 1");
      b.send("UPDATE of the same row", query("UPDATE t SET name = 'b' WHERE id = 1"));
      await begun();
      await cancel(talk, b, b.wire.key);
      await b.ready();
      await a.query("COMMIT");
      await b.query("SELECT name FROM t WHERE id = 1");
    },
  },
  {
    name: "statement_timeout ends a statement",
    async run(talk) {
      const session = await talk.session();
      await session.query("SET statement_timeout = 200");
      await session.query(LONG_SELECT);
      await session.query("SELECT id FROM t WHERE id = 1");
      await session.query("SET statement_timeout = 0");
    },
  },
  {
    name: "statement_timeout from the startup packet",
    async run(talk) {
      const session = await talk.session({
        options: "-c dosql.dialect=sqlite -c statement_timeout=200",
      });
      await session.query(LONG_SELECT);
    },
  },
  {
    name: "statement_timeout ends a wait",
    async run(talk) {
      const [a, b] = [await talk.session(), await talk.session()];
      await a.query("BEGIN");
      await a.query("UPDATE t SET name = 'a' WHERE id = 1");
      await b.query("SET statement_timeout = 200");
      await b.query("UPDATE t SET name = 'b' WHERE id = 1");
      await a.query("ROLLBACK");
    },
  },
  {
    name: "lock_timeout ends a wait",
    async run(talk) {
      const [a, b] = [await talk.session(), await talk.session()];
      await a.query("BEGIN");
      await a.query("UPDATE t SET name = 'a' WHERE id = 1");
      await b.query("SET lock_timeout = 200");
      await b.query("UPDATE t SET name = 'b' WHERE id = 1");
      await a.query("ROLLBACK");
    },
  },
  {
    name: "a connection that ends while its statement runs",
    async run(talk) {
      const [a, b] = [await talk.session(), await talk.session()];
      a.send("long select", query(LONG_SELECT));
      await begun();
      await cancel(talk, a, a.wire.key);
      a.wire.close();
      await b.query("SELECT id FROM t WHERE id = 1");
    },
  },
];

/** PostgreSQL describes the columns when it begins to run, ours when the first row is there. */
export const CANCEL: readonly Case[] = ALL.map((one) => ({ ...one, options: { columns: false } }));
