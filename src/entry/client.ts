/**
 * `dosql/client`: a database of a DoSQL server, from Node, Workers and browsers.
 *
 * @module
 */
// First what imports capnweb: so all of ours is bundled behind it, as near together as gzip looks.
import type { ConnectOptions } from "../rpc/client/connect-options.ts";
import { remoteDatabase } from "../rpc/client/connect-options.ts";
import type { RemoteDatabase } from "../rpc/client/remote-database.ts";
import { webClock } from "../platform/web/clock.ts";
import { webSha256 } from "../platform/web/digest.ts";
import { webEntropy } from "../platform/web/entropy.ts";
import { webNetwork } from "../platform/web/rpc-network.ts";

export { DosqlError } from "../base/errors.ts";
export type { ConnectOptions } from "../rpc/client/connect-options.ts";
export type {
  QueryOptions,
  RemoteDatabase,
  RemoteTransaction,
} from "../rpc/client/remote-database.ts";
export type { Pong, RemoteSessionOptions, SchemaObject } from "../rpc/api/remote-api.ts";

/**
 * Connects to a database of a DoSQL server, and makes sure that it answers. With `ws:` or `wss:`
 * one connection serves all calls, and is made again when it is lost; with `http:` or `https:` each
 * call is a request of its own, without transactions and subscriptions.
 *
 * @throws DosqlError `connection` when the server does not answer in time; `authentication` for a
 * token it does not take; `no-such-database` for one that it does not have
 * @example
 * import { connect } from "dosql/client";
 * import { d1 } from "dosql/d1";
 * await using database = await connect("wss://db.example.com", { token });
 * const { rows } = await database.query("SELECT * FROM users WHERE id = ?", [1n]);
 * const db = d1(database);
 */
export async function connect(url: string, options: ConnectOptions): Promise<RemoteDatabase> {
  const database = remoteDatabase(url, options, {
    clock: webClock,
    entropy: webEntropy,
    network: webNetwork,
    hash: webSha256,
  });
  try {
    await database.ping();
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}
