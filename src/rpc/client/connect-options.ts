import { openBatch, openSocket } from "./link.ts";
import { DosqlError } from "../../base/errors.ts";
import type { Awaitable } from "../../base/value.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Entropy } from "../../ports/entropy.ts";
import type { RpcNetwork } from "../../ports/rpc-network.ts";
import type { HashText } from "../api/statement-texts.ts";
import { Caller } from "./caller.ts";
import { CONNECT_TIMEOUT_MS, REQUEST_TIMEOUT_MS, RETRY_FOR_MS } from "./delays.ts";
import { RemoteDatabase } from "./remote-database.ts";
import type { SessionParts } from "./remote-session.ts";
import { SentTexts } from "./sent-texts.ts";

/** Options of `connect`; all but `token` have defaults. */
export interface ConnectOptions {
  /** The bearer token, or where to get one: it is asked for with each new connection. */
  readonly token: string | (() => Awaitable<string>);
  /** Which database of the server, by its name. Default `main`. */
  readonly database?: string;
  /** How long a connection may take, in milliseconds. Default 10 s. */
  readonly connectTimeoutMs?: number;
  /** How long a call may take, in milliseconds; 0 is no limit. Default 30 s. */
  readonly requestTimeoutMs?: number;
  /**
   * How long a call is tried again when the connection is lost, in milliseconds. 0 is not at all.
   * Default 30 s.
   */
  readonly retryForMs?: number;
}

/** What the client needs of its home. */
export interface ConnectPorts {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly network: RpcNetwork;
  readonly hash: HashText;
}

/** @throws DosqlError `invalid-argument` for an address or an option that cannot be right */
export function remoteDatabase(
  url: string,
  options: ConnectOptions,
  { clock, entropy, network, hash }: ConnectPorts,
): RemoteDatabase {
  const { token, database = "main", connectTimeoutMs = CONNECT_TIMEOUT_MS } = options;
  const { retryForMs = RETRY_FOR_MS, requestTimeoutMs = REQUEST_TIMEOUT_MS } = options;
  for (const ms of [retryForMs, requestTimeoutMs, connectTimeoutMs]) {
    if (!(ms >= 0)) throw new DosqlError("invalid-argument", `${ms} is no number of milliseconds`);
  }
  const address = addressOf(url);
  address.searchParams.set("database", database);
  const single = address.protocol.startsWith("http");
  const parts = { network, clock, connectTimeoutMs };
  const callerAt = (path: string): Caller =>
    new Caller({
      clock,
      entropy,
      single,
      requestTimeoutMs,
      retryForMs,
      async open() {
        const to = new URL(address.href);
        to.pathname += path;
        // A database that was deleted and made anew is another one.
        const { epoch } = sessions;
        if (epoch !== null) to.searchParams.set("epoch", `${epoch}`);
        const from = typeof token === "string" ? token : await token();
        return (single ? openBatch : openSocket)(parts, to.href, from);
      },
    });
  const sessions: SessionParts = {
    caller: callerAt(""),
    texts: new SentTexts(hash, entropy),
    apart: null,
    openApart: () => callerAt("/session"),
    epoch: null,
  };
  return new RemoteDatabase(sessions);
}

/** The address of the RPC behind what the user wrote. */
function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^(?:wss?|https?):$/.test(url.protocol)) {
    throw new DosqlError("invalid-argument", `${text} is no address of a DoSQL server`, {
      hint: "as in wss://example.com or https://example.com",
    });
  }
  if (url.pathname === "/") url.pathname = "/rpc";
  url.hash = "";
  return url;
}
