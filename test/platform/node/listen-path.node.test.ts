import { mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { listenPath } from "../../../src/platform/node/net/listen.ts";

it("makes a socket for its owner alone, whatever the mask of the process", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "dosql-socket-"));
  const server = createServer();
  const mask = process.umask(0);
  try {
    await listenPath(server, path.join(folder, "socket"));
    expect(statSync(path.join(folder, "socket")).mode & 0o777).toBe(0o600);
    expect(process.umask()).toBe(0);
  } finally {
    process.umask(mask);
    server.close();
    rmSync(folder, { recursive: true });
  }
});
