import { chmodSync, statSync } from "node:fs";
import type { Server } from "node:net";
import path from "node:path";
import { isMainThread } from "node:worker_threads";
import { DosqlError } from "../../../base/errors.ts";

/**
 * Binds a server and answers with its port.
 *
 * @param option the command line option that chooses the port, for the hint
 * @throws DosqlError `address`
 */
export function listen(
  server: Server,
  host: string,
  port: number,
  option: string,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      reject(addressError(error, host, port, option));
    };
    server.once("error", failed);
    server.listen({ host, port, exclusive: true }, () => {
      server.off("error", failed);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

/**
 * Binds a server to a unix socket. Only the user who owns the process may connect.
 *
 * @throws DosqlError `address`
 */
export function listenPath(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      const message = `cannot listen on ${path}: ${error.message}`;
      reject(new DosqlError("address", message, { cause: error }));
    });
    server.once("listening", () => resolve());
    withMask(() => listenAt(server, path));
  });
}

/** The same at once; false when it is bound to nothing. */
export function bindPath(server: Server, path: string): boolean {
  if (isMainThread) withMask(() => listenAt(server, path));
  else if (isPrivate(path)) {
    // Other threads have no mask of their own.
    listenAt(server, path);
    if (server.listening) chmodSync(path, 0o600);
  }
  return server.listening;
}

function listenAt(server: Server, path: string): void {
  server.listen({ path, exclusive: true, readableAll: false, writableAll: false });
}

/** Node binds before listen() returns, and leaves the mode to the mask. */
function withMask(body: () => void): void {
  const mask = process.umask(0o177);
  try {
    body();
  } finally {
    process.umask(mask);
  }
}

function isPrivate(socket: string): boolean {
  return (statSync(path.dirname(socket)).mode & 0o077) === 0;
}

function addressError(
  error: NodeJS.ErrnoException,
  host: string,
  port: number,
  option: string,
): DosqlError {
  const address = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const anyPort = `choose another port, or any free one with ${option} 0`;
  switch (error.code) {
    case "EADDRINUSE":
      return new DosqlError("address", `${address} is in use`, { hint: anyPort, cause: error });
    case "EACCES":
      return new DosqlError("address", `this user may not listen on ${address}`, {
        hint: anyPort,
        cause: error,
      });
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new DosqlError("address", `${host} is no address of this machine`, {
        hint: "use --host 127.0.0.1, or --host 0.0.0.0 for every address",
        cause: error,
      });
    default:
      return new DosqlError("address", `cannot listen on ${address}: ${error.message}`, {
        cause: error,
      });
  }
}
