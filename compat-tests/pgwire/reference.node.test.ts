import { existsSync, readFileSync } from "node:fs";
import { createConnection } from "node:net";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postgresState, startPostgres, type Postgres } from "./reference.ts";

const state = postgresState();

describe.skipIf(!state.ready)(
  `the real PostgreSQL${state.ready ? "" : ` (skipped: ${state.reason})`}`,
  () => {
    let server: Postgres;

    beforeAll(async () => {
      server = await startPostgres({ settings: { fsync: "off" } });
    });
    afterAll(async () => {
      await server.stop();
      await expect(connect(server.port)).rejects.toThrow("ECONNREFUSED");
    });

    it("answers a client that has the password", async () => {
      const client = new pg.Client({ connectionString: server.url });
      await client.connect();
      const { rows } = await client.query(
        "SELECT current_setting('server_version_num')::int / 10000 AS major," +
          " current_setting('fsync') AS fsync, current_setting('server_encoding') AS encoding",
      );
      expect(rows).toEqual([{ major: 18, fsync: "off", encoding: "UTF8" }]);
      await client.end();
    });

    it("refuses a wrong password", async () => {
      const client = new pg.Client({ ...server, password: "wrong" });
      await expect(client.connect()).rejects.toMatchObject({ code: "28P01" });
    });

    it.skipIf(!existsSync("/proc/self/status"))("does not run as root", async () => {
      const client = new pg.Client({ connectionString: server.url });
      await client.connect();
      const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
      const status = readFileSync(`/proc/${rows[0]!.pid}/status`, "utf8");
      await client.end();
      expect(status).toMatch(/^Uid:\t[1-9]/m);
    });
  },
);

async function connect(port: number): Promise<void> {
  const socket = createConnection({ host: "127.0.0.1", port });
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve).once("error", reject);
  });
  socket.destroy();
}
