import { describePortal, query, SYNC } from "../wire/frames.ts";
import { B, CS, DP, DS, E, exchange, exchanges, H, P, Q, S, type Sent } from "./extended.ts";
import type { Case } from "./case.ts";

const insert = (id: number): Sent[] => [P(`INSERT INTO t VALUES (${id}, 'x')`), B(), E()];
const IDS = Q("SELECT id FROM t ORDER BY id");

/** Many messages before a Sync, and many Syncs before an answer. */
export const PIPELINE: readonly Case[] = [
  exchanges(
    "statements before one Sync are one transaction",
    [...insert(10), ...insert(11), S],
    [IDS],
  ),
  exchanges(
    "an error undoes all since the last Sync",
    [...insert(10), ...insert(1), ...insert(11), S],
    [IDS],
  ),
  exchanges("what was synced stays", [...insert(10), S, ...insert(1), S, ...insert(11), S], [IDS]),
  exchanges(
    "all is skipped until Sync",
    [B([], { statement: "none" }), DP(), E(), CS("x"), H, ...insert(10), S],
    [IDS],
  ),
  exchanges(
    "an error in Bind",
    [P("SELECT id FROM t WHERE id = $1"), B(["x"]), E(), ...insert(10), S],
    [IDS],
  ),
  exchanges("an error in Execute after rows", [P("SELECT id FROM t"), B(), E(), ...insert(1), S]),
  exchanges(
    "a block over several Syncs",
    [P("BEGIN"), B(), E(), S, ...insert(10), S, ...insert(11), S, P("COMMIT"), B(), E(), S],
    [IDS],
  ),
  exchanges(
    "a block within one Sync",
    [P("BEGIN"), B(), E(), ...insert(10), P("COMMIT"), B(), E(), ...insert(1), S],
    [IDS],
  ),
  exchanges(
    "an error within a block",
    [P("BEGIN"), B(), E(), ...insert(10), ...insert(1), P("COMMIT"), B(), E(), S],
    [P("COMMIT"), B(), E(), S],
    [IDS],
  ),
  exchanges(
    "BEGIN after work in one Sync",
    [...insert(10), P("BEGIN"), B(), E(), S],
    [P("ROLLBACK"), B(), E(), S],
    [IDS],
  ),
  exchanges(
    "many in flight",
    Array.from({ length: 50 }, (_, at) => [
      P("SELECT name FROM t WHERE id = $1"),
      B([String((at % 4) + 1)]),
      DP(),
      E(),
      S,
    ]).flat(),
  ),
  exchanges("a named statement made and used in one go", [
    P("SELECT name FROM t WHERE id = $1", "s"),
    DS("s"),
    B(["1"], { statement: "s" }),
    E(),
    B(["2"], { statement: "s" }),
    E(),
    CS("s"),
    S,
  ]),
  exchanges("a statement sees what the one before it made", [
    P("CREATE TABLE made (a bigint)"),
    B(),
    E(),
    P("INSERT INTO made VALUES ($1)"),
    B(["7"]),
    E(),
    P("SELECT a FROM made"),
    B(),
    DP(),
    E(),
    S,
  ]),
  exchanges("simple and extended in turn", [
    ...insert(10),
    Q("SELECT id FROM t WHERE id >= 10"),
    P("SELECT id FROM t WHERE id = 1"),
    B(),
    E(),
    S,
  ]),
  {
    name: "a simple query is skipped, too",
    async run(talk) {
      const session = await talk.session();
      session.send(
        "Describe, Query, Sync",
        describePortal("none"),
        query("SELECT id FROM t"),
        SYNC,
      );
      await session.ready();
      await session.query("SELECT id FROM t WHERE id = 1");
    },
  },
  {
    name: "200 inserts before one Sync",
    async run(talk) {
      const session = await talk.session();
      const one = [P("INSERT INTO t VALUES ($1, $2)", "s")];
      const all = Array.from({ length: 200 }, (_, at) => [
        B([String(at + 100), `name ${at}`], { statement: "s" }),
        E(),
      ]);
      await exchange(session, ...one, ...all.flat(), S);
      await session.query("SELECT id FROM t ORDER BY id");
    },
  },
];
