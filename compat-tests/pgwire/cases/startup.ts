import { Buffer } from "node:buffer";
import {
  cstring,
  frame,
  GSSENC_REQUEST,
  int32,
  packet,
  PROTOCOL_3_0,
  PROTOCOL_3_2,
  SSL_REQUEST,
  startup,
  SYNC,
  TERMINATE,
} from "../wire/frames.ts";
import type { Reply } from "../wire/reply.ts";
import { render } from "../wire/reply.ts";
import type { Talk, TalkSession } from "../wire/talk.ts";
import { SESSION_PARAMETERS } from "../wire/wire.ts";
import type { Case } from "./case.ts";

/** Settings whose values every server of ours shares with PostgreSQL. */
const SAME_VALUES = new Set([
  "DateStyle",
  "IntervalStyle",
  "TimeZone",
  "application_name",
  "client_encoding",
  "integer_datetimes",
  "server_encoding",
  "standard_conforming_strings",
]);

interface Login {
  readonly protocol?: number;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  /** Which ParameterStatus messages the transcript shows. */
  readonly shown?: (name: string) => boolean;
}

/** Logs in as asked and notes what came back, the ParameterStatus messages sorted. */
async function login(talk: Talk, how: Login, before?: Buffer): Promise<TalkSession> {
  const session = await talk.connection();
  if (before !== undefined) {
    session.wire.send(before);
    session.note(`< byte ${await session.wire.byte()}`);
  }
  const { address } = talk;
  const user = how.user ?? address.user;
  const database = how.database ?? address.database;
  const parameters = { user, database, ...(how.parameters ?? SESSION_PARAMETERS) };
  session.wire.send(startup(how.protocol ?? PROTOCOL_3_0, parameters));
  const replies = await session.wire.authenticate(how.password ?? address.password);
  showLogin(session, replies, how.shown ?? (() => false));
  return session;
}

function showLogin(
  session: TalkSession,
  replies: readonly Reply[],
  shown: (name: string) => boolean,
): void {
  session.show(replies.filter(({ code }) => code !== "S"));
  const settings = replies.filter(({ code }) => code === "S").map((reply) => render(reply));
  for (const line of settings.toSorted()) {
    const name = line.split(" ")[1] ?? "";
    if (!shown(name)) continue;
    session.note(`< ${SAME_VALUES.has(name) ? line : line.replace(/ = .*/, "")}`);
  }
}

function logs(name: string, how: Login): Case {
  return {
    name,
    async run(talk) {
      await login(talk, how);
    },
  };
}

/** Sends bytes that begin no session; the server must survive and serve the next client. */
function survives(name: string, ...bytes: readonly Buffer[]): Case {
  return {
    name,
    async run(talk) {
      const session = await talk.connection();
      session.send(name, ...bytes);
      await session.closed();
      const next = await talk.session();
      await next.query("SELECT name FROM t WHERE id = 1");
    },
  };
}

export const STARTUP: readonly Case[] = [
  logs("right password", { shown: (name) => name !== "TimeZone" }),
  logs("wrong password", { password: "wrong" }),
  logs("empty password", { password: "" }),
  logs("unknown role", { user: "nobody_of_that_name" }),
  logs("unknown database", { database: "nothing_of_that_name" }),
  logs("unknown database, wrong password", { database: "nothing", password: "wrong" }),
  logs("unknown setting in the startup packet", { parameters: { no_such_setting: "1" } }),
  logs("bad value of a setting in the startup packet", {
    parameters: { ...SESSION_PARAMETERS, statement_timeout: "soon" },
  }),
  logs("application_name is reported", {
    parameters: { ...SESSION_PARAMETERS, application_name: "a case" },
    shown: (name) => name === "application_name",
  }),
  logs("what JDBC sends", {
    parameters: {
      ...SESSION_PARAMETERS,
      DateStyle: "ISO",
      TimeZone: "Europe/Berlin",
      extra_float_digits: "2",
    },
    shown: (name) => name === "TimeZone" || name === "DateStyle",
  }),
  logs("options that cannot be read", { parameters: { options: "-Z" } }),
  logs("another client encoding", {
    parameters: { ...SESSION_PARAMETERS, client_encoding: "no_such_encoding" },
  }),
  logs("protocol 3.2", { protocol: PROTOCOL_3_2 }),
  logs("protocol 3.9 is negotiated down", { protocol: 0x0003_0009 }),
  logs("a protocol option is named as unknown", {
    parameters: { ...SESSION_PARAMETERS, "_pq_.not_known": "1" },
  }),
  logs("protocol 2.0", { protocol: 0x0002_0000 }),
  logs("protocol 4.0", { protocol: 0x0004_0000 }),
  {
    name: "SSLRequest, then a session",
    async run(talk) {
      await login(talk, {}, SSL_REQUEST);
    },
  },
  {
    name: "GSSENCRequest, then a session",
    async run(talk) {
      await login(talk, {}, GSSENC_REQUEST);
    },
  },
  {
    name: "a startup packet without a user",
    async run(talk) {
      const session = await talk.connection();
      session.send("Startup", startup(PROTOCOL_3_0, { database: talk.address.database }));
      await session.closed();
    },
  },
  {
    name: "a password message of the wrong kind",
    async run(talk) {
      const session = await talk.connection();
      const { user, database } = talk.address;
      session.send("Startup", startup(PROTOCOL_3_0, { user, database, ...SESSION_PARAMETERS }));
      await session.replies(1);
      session.send("Query instead of a password", frame("Q", cstring("SELECT 1")));
      await session.closed();
    },
  },
  {
    name: "an unknown SASL mechanism",
    async run(talk) {
      const session = await talk.connection();
      const { user, database } = talk.address;
      session.send("Startup", startup(PROTOCOL_3_0, { user, database, ...SESSION_PARAMETERS }));
      await session.replies(1);
      const first = Buffer.from("n,,n=,r=abc");
      const body = [cstring("SCRAM-SHA-1"), int32(first.length), first];
      session.send("SASLInitialResponse", frame("p", ...body));
      await session.closed();
    },
  },
  {
    name: "Terminate ends the connection",
    async run(talk) {
      const session = await talk.session();
      session.send("Terminate", TERMINATE);
      await session.closed();
    },
  },
  survives("a line of HTTP", Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")),
  survives("a startup packet that claims a gigabyte", int32(0x4000_0000), Buffer.alloc(64)),
  survives("a startup packet of negative length", int32(-1), Buffer.alloc(64)),
  survives("a startup packet too short for a version", int32(7), Buffer.alloc(3)),
  survives("a startup packet without its end", packet(int32(PROTOCOL_3_0), cstring("user"))),
  ...brokenMessages(),
];

/** Messages within a session that break the protocol; some end the connection. */
function brokenMessages(): Case[] {
  const all: [name: string, bytes: Buffer, closes: boolean][] = [
    ["an unknown message type", frame("y", Buffer.from("what is this")), true],
    ["a message of negative length", Buffer.from([0x51, 0xff, 0xff, 0xff, 0xff]), true],
    ["a message of length 3", Buffer.from([0x51, 0, 0, 0, 3]), true],
    ["a Sync of two gigabytes", Buffer.concat([Buffer.from("S"), int32(0x7fff_ffff)]), true],
    ["a password in the session", frame("p", cstring("secret")), true],
    ["a Query without its end", frame("Q", Buffer.from("SELECT 1")), false],
    ["a Query with bytes after its end", frame("Q", Buffer.from("SELECT 1\0more")), false],
    ["a Bind that ends too early", frame("B", cstring(""), cstring("")), false],
    ["a Describe of an unknown kind", frame("D", Buffer.from("X\0")), false],
    ["text that is not UTF-8", frame("Q", Buffer.from("SELECT '\xff'\0", "latin1")), false],
  ];
  return all.map(([name, bytes, closes]) => ({
    name,
    async run(talk) {
      const session = await talk.session();
      session.send(name, bytes, closes ? Buffer.alloc(0) : SYNC);
      if (closes) await session.closed();
      else await session.ready(bytes[0] === 0x51 ? 2 : 1);
      const next = await talk.session();
      await next.query("SELECT name FROM t WHERE id = 1");
    },
  }));
}
