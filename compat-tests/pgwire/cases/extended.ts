import {
  bind,
  closePortal,
  closeStatement,
  describePortal,
  describeStatement,
  execute,
  FLUSH,
  frame,
  parse,
  query,
  shownValues,
  SYNC,
} from "../wire/frames.ts";
import type { TalkSession } from "../wire/talk.ts";
import type { Case } from "./case.ts";

const ONE = "SELECT id, name FROM t WHERE id = $1";
const ALL = "SELECT id FROM t ORDER BY id";

/** A message, as a transcript shows it, and its bytes. */
export type Sent = readonly [shown: string, bytes: Buffer];

/** Every message of the extended protocol by name, for cases that are lists of them. */
export const P = (sql: string, name = "", oids: readonly number[] = []): Sent => [
  `Parse ${name || "unnamed"} ${sql.slice(0, 100)} ${oids.join()}`,
  parse(sql, name, oids),
];
export const B = (...[values, options]: Parameters<typeof bind>): Sent => [
  `Bind ${JSON.stringify(options ?? {})} ${shownValues(values ?? [])}`,
  bind(values, options),
];
export const DS = (name = ""): Sent => [`Describe statement ${name}`, describeStatement(name)];
export const DP = (name = ""): Sent => [`Describe portal ${name}`, describePortal(name)];
export const E = (rows = 0, portal = ""): Sent => [
  `Execute ${portal} ${rows}`,
  execute(rows, portal),
];
export const CS = (name = ""): Sent => [`Close statement ${name}`, closeStatement(name)];
export const CP = (name = ""): Sent => [`Close portal ${name}`, closePortal(name)];
export const Q = (sql: string): Sent => [`Query ${sql}`, query(sql)];
export const S: Sent = ["Sync", SYNC];
export const H: Sent = ["Flush", FLUSH];

/** Sends all at once and reads as many ReadyForQuery as Sync and Query were sent. */
export async function exchange(session: TalkSession, ...messages: readonly Sent[]): Promise<void> {
  for (const [shown] of messages) session.note(`> ${shown}`);
  session.wire.send(...messages.map(([, bytes]) => bytes));
  await session.ready(
    messages.filter(([, bytes]) => bytes[0] === 0x53 || bytes[0] === 0x51).length,
  );
}

/** A case of one session: each list is sent at once, its answers read before the next. */
export function exchanges(name: string, ...lists: readonly (readonly Sent[])[]): Case {
  return {
    name,
    async run(talk) {
      const session = await talk.session();
      for (const messages of lists) await exchange(session, ...messages);
    },
  };
}

/** The extended query protocol, one message kind after the other. */
export const EXTENDED: readonly Case[] = [
  exchanges("what drivers send", [P(ONE), B(["2"]), DP(), E(), S]),
  exchanges("Describe of the statement", [P(ONE), DS(), B(["2"]), E(), S]),
  exchanges("no Describe at all", [P(ONE), B(["2"]), E(), S]),
  exchanges("Describe before and after Bind", [P(ONE), DS(), B(["2"]), DP(), E(), S]),
  exchanges(
    "a Sync after each",
    [P(ONE, "s"), S],
    [DS("s"), S],
    [B(["1"], { statement: "s" }), E(), S],
  ),
  exchanges(
    "a statement used again",
    [P(ONE, "s"), S],
    ...["1", "2", "99"].map((id) => [B([id], { statement: "s" }), DP(), E(), S]),
  ),
  exchanges("the unnamed statement is replaced", [P(ONE), S], [P(ALL), B(), E(), S], [B(), E(), S]),
  exchanges(
    "the unnamed statement is ended by a simple query",
    [P(ALL), S],
    [Q("SELECT id FROM t WHERE id = 1")],
    [B(), E(), S],
  ),
  exchanges(
    "a failed Parse ends the unnamed statement",
    [P(ALL), S],
    [P("SELEKT"), S],
    [B(), E(), S],
  ),
  exchanges(
    "a named statement is not replaced",
    [P(ALL, "s"), S],
    [P(ALL, "s"), S],
    [B([], { statement: "s" }), E(), S],
  ),
  exchanges(
    "a named statement closed and made again",
    [P(ALL, "s"), S],
    [CS("s"), P(ONE, "s"), S],
    [B(["1"], { statement: "s" }), E(), S],
  ),
  exchanges("an unknown statement", [B([], { statement: "none" }), E(), S]),
  exchanges("Describe of an unknown statement", [DS("none"), S]),
  exchanges("Describe of an unknown portal", [DP("none"), S]),
  exchanges("Execute of an unknown portal", [E(0, "none"), S]),
  exchanges("Execute without a portal", [E(), S]),
  exchanges("Close of what does not exist", [CS("none"), CP("none"), S]),
  exchanges("a portal ends with its transaction", [P(ALL), B(), S], [E(), S]),
  exchanges(
    "a portal lives in a block",
    [Q("BEGIN")],
    [P(ALL), B([], { portal: "p" }), S],
    [E(0, "p"), S],
    [Q("COMMIT")],
    [E(0, "p"), S],
  ),
  exchanges(
    "a portal name twice",
    [Q("BEGIN")],
    [P(ALL), B([], { portal: "p" }), B([], { portal: "p" }), S],
    [Q("ROLLBACK")],
  ),
  exchanges("the unnamed portal is replaced", [P(ALL), B(), B(), E(), S]),
  exchanges("a closed portal", [P(ALL), B([], { portal: "p" }), CP("p"), E(0, "p"), S]),
  exchanges("a closed statement keeps its portal", [
    P(ALL, "s"),
    B([], { statement: "s", portal: "p" }),
    CS("s"),
    E(0, "p"),
    S,
  ]),
  exchanges("rows in portions", [P(ALL), B(), E(2), E(2), E(2), S]),
  exchanges("portions that end with the rows", [P(ALL), B(), E(3), E(3), S]),
  exchanges(
    "portions in a block",
    [Q("BEGIN")],
    [P(ALL), B([], { portal: "p" }), E(1, "p"), S],
    [E(1, "p"), S],
    [E(5, "p"), S],
    [Q("COMMIT")],
  ),
  exchanges("a suspended portal ends at Sync", [P(ALL), B(), E(1), S], [E(1), S]),
  exchanges("an Execute after the end", [P(ALL), B(), E(), E(), S]),
  exchanges("a negative row limit is none", [P(ALL), B(), E(-1), S]),
  exchanges("a row limit on a write", [P("INSERT INTO t VALUES (10, 'ten')"), B(), E(1), S]),
  exchanges(
    "RETURNING in portions",
    [P("UPDATE t SET name = 'x' RETURNING id"), B(), E(1), E(0), S],
    [Q("SELECT name FROM t")],
  ),
  exchanges(
    "a write executed twice",
    [P("INSERT INTO t VALUES (10, 'ten')"), B(), E(), E(), S],
    [Q("SELECT id FROM t WHERE id >= 10")],
  ),
  exchanges("Describe of a write", [
    P("INSERT INTO t VALUES ($1, $2)"),
    DS(),
    B(["10", "ten"]),
    DP(),
    E(),
    S,
  ]),
  exchanges("Describe of RETURNING", [
    P("INSERT INTO t VALUES ($1, $2) RETURNING id, name"),
    DS(),
    B(["10", null]),
    DP(),
    E(),
    S,
  ]),
  exchanges("Describe of DDL", [P("CREATE TABLE made (a bigint)"), DS(), B(), DP(), E(), S]),
  exchanges(
    "Describe of BEGIN",
    [P("BEGIN"), DS(), B(), DP(), E(), S],
    [P("COMMIT"), B(), DP(), E(), S],
  ),
  exchanges(
    "Describe of SET and SHOW",
    [P("SET application_name = 'x'"), DS(), B(), E(), S],
    [P("SHOW application_name"), DS(), B(), DP(), E(), S],
  ),
  exchanges("the empty query", [P(""), DS(), B(), DP(), E(), S], [P("-- nothing"), B(), E(), S]),
  exchanges("two statements in one Parse", [
    P("SELECT id FROM t; SELECT name FROM t"),
    B(),
    E(),
    S,
  ]),
  exchanges("one statement and a semicolon", [P("SELECT id FROM t WHERE id = 1;"), B(), E(), S]),
  exchanges("a table that does not exist", [P("SELECT a FROM made"), B(), E(), S]),
  exchanges(
    "a statement made before its table changed",
    [P("SELECT * FROM t WHERE id = 1", "s"), S],
    [Q("ALTER TABLE t ADD COLUMN extra text")],
    [B([], { statement: "s" }), DP(), E(), S],
  ),
  exchanges(
    "a statement whose table went",
    [Q("CREATE TABLE made (a bigint)")],
    [P("SELECT a FROM made", "s"), S],
    [Q("DROP TABLE made")],
    [B([], { statement: "s" }), E(), S],
  ),
  exchanges("too few parameters", [P(ONE), B([]), E(), S], [P(ONE), B(["1"]), E(), S]),
  exchanges("too many parameters", [P(ONE), B(["1", "2"]), E(), S]),
  exchanges("parameters where none are", [P(ALL), B(["1"]), E(), S]),
  exchanges("formats that do not fit the parameters", [
    P("SELECT id FROM t WHERE id = $1 AND name = $2"),
    B(["1", "one"], { formats: [0, 0, 0] }),
    E(),
    S,
  ]),
  exchanges("one format for all parameters", [
    P("SELECT id FROM t WHERE id = $1 AND name = $2"),
    B(["1", "one"], { formats: [0] }),
    E(),
    S,
  ]),
  exchanges("an unknown parameter format", [P(ONE), B(["1"], { formats: [7] }), E(), S]),
  exchanges("an unknown result format", [P(ONE), B(["1"], { results: [7] }), DP(), E(), S]),
  exchanges("result formats that do not fit the columns", [
    P(ONE),
    B(["1"], { results: [0, 0, 0] }),
    E(),
    S,
  ]),
  exchanges("a result format for each column", [
    P(ONE),
    B(["1"], { results: [1, 0] }),
    DP(),
    E(),
    S,
  ]),
  exchanges(
    "FETCH-less portals see one state of the table",
    [Q("BEGIN")],
    [P(ALL), B([], { portal: "p" }), E(1, "p"), S],
    [Q("INSERT INTO t VALUES (10, 'ten')")],
    [E(0, "p"), S],
    [Q("ROLLBACK")],
  ),
  exchanges(
    "DEALLOCATE ends a statement of the protocol",
    [P(ALL, "s"), S],
    [Q("DEALLOCATE s")],
    [B([], { statement: "s" }), E(), S],
  ),
  exchanges("DISCARD ALL ends every statement", [P(ALL, "s"), S], [Q("DISCARD ALL")], [DS("s"), S]),
  exchanges(
    "a failed block in the extended protocol",
    [P("BEGIN"), B(), E(), S],
    [P("SELECT absent FROM t"), B(), E(), S],
    [P(ALL), B(), E(), S],
    [P("ROLLBACK"), B(), E(), S],
  ),
  exchanges(
    "Bind in a failed block",
    [P(ALL, "s"), P("ROLLBACK", "r"), S],
    [Q("BEGIN")],
    [Q("SELECT absent FROM t")],
    [B([], { statement: "s" }), S],
    [DS("s"), S],
    [B([], { statement: "r" }), E(), S],
  ),
  exchanges("a FunctionCall", [["FunctionCall", frame("F", Buffer.alloc(12))], S]),
  exchanges("messages of COPY outside it are ignored", [
    ["CopyData", frame("d", Buffer.from("1\n"))],
    ["CopyDone", frame("c")],
    ["CopyFail", frame("f", Buffer.from("no\0"))],
    Q("SELECT id FROM t WHERE id = 1"),
  ]),
  {
    name: "Flush brings the answers",
    async run(talk) {
      const session = await talk.session();
      session.send("Parse Flush", parse(ONE), FLUSH);
      await session.replies(1);
      session.send("Describe Flush", describeStatement(), FLUSH);
      await session.replies(2);
      session.send("Bind Execute Flush", bind(["1"]), execute(), FLUSH);
      await session.replies(3);
      session.send("Sync", SYNC);
      await session.ready();
    },
  },
  {
    name: "an error comes without Sync",
    async run(talk) {
      const session = await talk.session();
      session.send("Parse Flush", parse("SELECT absent FROM t"), FLUSH);
      await session.within(1000);
      session.send("Bind Execute Flush", bind(), execute(), FLUSH);
      await session.within(100);
      session.send("Sync", SYNC);
      await session.ready();
    },
  },
];
