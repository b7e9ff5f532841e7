/*
 * A server of its own process, as a client needs that blocks its thread: every database name is a
 * new database. Says its port, serves until its input ends. `--password p` asks for SCRAM,
 * `--path p` serves a unix socket, too.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { makeMd5Verifier, makeScramVerifier } from "../../../src/compat/pgwire/auth/verifier.ts";
import type { AuthMethod } from "../../../src/compat/pgwire/auth/authenticator.ts";
import { CancelRegistry } from "../../../src/compat/pgwire/cancel-registry.ts";
import { PgConnection } from "../../../src/compat/pgwire/connection.ts";
import type { LocalDatabase } from "../../../src/engine/session/local-database.ts";
import { openLocalDatabase } from "../../../src/entry/node/node-database.ts";
import { systemClock } from "../../../src/platform/node/clock.ts";
import { nodeCrypto } from "../../../src/platform/node/crypto.ts";
import { systemEntropy } from "../../../src/platform/node/entropy.ts";
import { listenPg, listenPgPath } from "../../../src/platform/node/net/pg-listener.ts";
import type { PgListenerOptions } from "../../../src/platform/node/net/pg-listener.ts";

const { values: options } = parseArgs({
  options: {
    password: { type: "string" },
    auth: { type: "string", default: "scram-sha-256" },
    port: { type: "string", default: "0" },
    path: { type: "string" },
    connections: { type: "string", default: "200" },
    folder: { type: "string" },
  },
});
const folder = options.folder ?? mkdtempSync(path.join(tmpdir(), "dosql-remote-"));
const databases = new Map<string, LocalDatabase>();
const ports = { clock: systemClock, entropy: systemEntropy, crypto: nodeCrypto };
const { password } = options;
const method = (password === undefined ? "trust" : options.auth) as AuthMethod;

function verifier(user: string) {
  if (password === undefined) return null;
  return method === "md5"
    ? makeMd5Verifier(password, user, nodeCrypto)
    : makeScramVerifier(password, ports);
}

const parts = {
  ...ports,
  databases(name: string): LocalDatabase | null {
    if (name === "missing") return null;
    const found = databases.get(name);
    if (found !== undefined) return found;
    const opened = openLocalDatabase(path.join(folder, `${name}.db`), { synchronous: "NORMAL" });
    databases.set(name, opened);
    return opened;
  },
  authenticator: {
    method: () => method,
    role: (name: string) => ({ name, verifier: verifier(name), superuser: true }),
    mockSecret: systemEntropy.randomBytes(32),
  },
  cancels: new CancelRegistry(ports),
};

const serving: Omit<PgListenerOptions, "host" | "port"> = {
  maxConnections: Number(options.connections),
  openSession(sink) {
    const connection = new PgConnection(parts, { sink, peer: { loopback: true } });
    return {
      receive: (bytes) => connection.receive(bytes),
      drained: () => connection.drained(),
      closed: () => connection.closed(),
      shutdown: () => connection.terminate(),
    };
  },
};
const listener = await listenPg({ ...serving, host: "127.0.0.1", port: Number(options.port) });
// All of 127.0.0.0/8 is this machine: to this one, clients go as to another.
const far =
  process.platform === "linux"
    ? await listenPg({ ...serving, host: "127.0.0.2", port: listener.port })
    : null;
// One that was killed leaves it behind.
if (options.path !== undefined) rmSync(options.path, { force: true });
const local = options.path === undefined ? null : await listenPgPath(options.path, serving);
process.stdout.write(`${listener.port}\n`);
process.stdin.resume();
process.stdin.once("end", () => {
  void Promise.all([listener.stop(), far?.stop(), local?.stop()]).then(async () => {
    for (const database of databases.values()) await database.close();
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  });
});
