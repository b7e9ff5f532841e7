import { createRequire } from "node:module";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LONG_SELECT } from "./cases/cancel.ts";
import { startDosql, type Dosql } from "./servers.ts";
import { cancelRequest, int32 } from "./wire/frames.ts";
import { Wire } from "./wire/wire.ts";

let server: Dosql;

beforeAll(async () => {
  server = await startDosql();
});

afterAll(async () => {
  await server?.stop();
});

const SCHEMA = `DROP TABLE IF EXISTS things;
  CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, price REAL,
    picture BLOB, done BOOLEAN, big BIGINT)`;

async function withClient<T>(use: (client: pg.Client) => Promise<T>, more = {}): Promise<T> {
  const client = new pg.Client({ connectionString: server.url, ...more });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

describe("npm pg", () => {
  beforeEach(() => withClient((client) => client.query(SCHEMA)));

  it("sends and gets values of every type", async () => {
    await withClient(async (client) => {
      const picture = Buffer.from([0, 1, 254, 255]);
      const inserted = await client.query(
        "INSERT INTO things VALUES ($1, $2, $3, $4, $5, $6) RETURNING *",
        [1, "Grüße 🙂", 1.5, picture, true, 9223372036854775807n],
      );
      const row = {
        id: "1",
        name: "Grüße 🙂",
        price: 1.5,
        picture,
        done: true,
        big: "9223372036854775807",
      };
      expect(inserted.rows).toEqual([row]);
      expect(inserted.command).toBe("INSERT");
      expect(inserted.rowCount).toBe(1);
      const found = await client.query(
        "SELECT * FROM things WHERE picture = $1 AND done = $2 AND price < $3 AND big = $4",
        [picture, true, 2, "9223372036854775807"],
      );
      expect(found.rows).toEqual([row]);
      expect(found.fields.map(({ dataTypeID }) => dataTypeID)).toEqual([20, 25, 701, 17, 16, 20]);
    });
  });

  it("sends NULL and gets it", async () => {
    await withClient(async (client) => {
      await client.query("INSERT INTO things (id, name, price) VALUES ($1, $2, $3)", [1, "", null]);
      const { rows } = await client.query({
        text: "SELECT name, price, done FROM things WHERE id = $1",
        values: [1],
        rowMode: "array",
      });
      expect(rows).toEqual([["", null, null]]);
    });
  });

  it("keeps named statements", async () => {
    await withClient(async (client) => {
      await client.query("INSERT INTO things (id, name) VALUES (1, 'one'), (2, 'two')");
      for (const [id, name] of [
        [1, "one"],
        [2, "two"],
        [1, "one"],
      ]) {
        const { rows } = await client.query({
          name: "by-id",
          text: "SELECT name FROM things WHERE id = $1",
          values: [id],
        });
        expect(rows).toEqual([{ name }]);
      }
    });
  });

  it("answers several statements of one text in order", async () => {
    await withClient(async (client) => {
      const text = "INSERT INTO things (id, name) VALUES (1, 'one'); SELECT name FROM things";
      const results = (await client.query(text)) as unknown as pg.QueryResult[];
      expect(results.map(({ command, rowCount }) => [command, rowCount])).toEqual([
        ["INSERT", 1],
        ["SELECT", 1],
      ]);
    });
  });

  it("names code and position of errors, and goes on", async () => {
    await withClient(async (client) => {
      await expect(client.query("SELECT absent FROM things")).rejects.toMatchObject({
        severity: "ERROR",
        code: "42703",
        position: "8",
      });
      await expect(
        client.query("SELECT absent FROM things WHERE id = $1", [1]),
      ).rejects.toMatchObject({
        code: "42703",
        position: "8",
      });
      await client.query("INSERT INTO things (id, name) VALUES (1, 'one')");
      await expect(
        client.query("INSERT INTO things (id, name) VALUES ($1, $2)", [2, "one"]),
      ).rejects.toMatchObject({ code: "23505", table: "things", column: "name" });
      await expect(
        client.query("SELECT id FROM things WHERE id = $1", ["x"]),
      ).rejects.toMatchObject({ code: "22P02" });
      expect((await client.query("SELECT id FROM things")).rows).toEqual([{ id: "1" }]);
    });
  });

  it("pools: many queries over few connections", async () => {
    const pool = new pg.Pool({ connectionString: server.url, max: 5 });
    try {
      const inserts = Array.from({ length: 100 }, (_, at) =>
        pool.query("INSERT INTO things (id, name) VALUES ($1, $2)", [at, `thing ${at}`]),
      );
      await Promise.all(inserts);
      const names = await Promise.all(
        Array.from({ length: 100 }, async (_, at) => {
          const { rows } = await pool.query<{ name: string }>({
            name: "pooled",
            text: "SELECT name FROM things WHERE id = $1",
            values: [at],
          });
          return rows[0]?.name;
        }),
      );
      expect(names).toEqual(Array.from({ length: 100 }, (_, at) => `thing ${at}`));
      expect(pool.totalCount).toBeLessThanOrEqual(5);
    } finally {
      await pool.end();
    }
  });

  it("pools: transactions of several clients do not mix", async () => {
    const pool = new pg.Pool({ connectionString: server.url, max: 4 });
    const transfer = async (at: number): Promise<void> => {
      const client = await pool.connect();
      try {
        await client.query("BEGIN");
        await client.query("UPDATE things SET price = price + 1 WHERE id = 1");
        await client.query("INSERT INTO things (id, name) VALUES ($1, $2)", [at, `at ${at}`]);
        await client.query(at % 3 === 0 ? "ROLLBACK" : "COMMIT");
      } finally {
        client.release();
      }
    };
    try {
      await pool.query("INSERT INTO things (id, name, price) VALUES (1, 'sum', 0)");
      await Promise.all(Array.from({ length: 30 }, (_, at) => transfer(at + 10)));
      const { rows } = await pool.query("SELECT price FROM things WHERE id = 1");
      expect(rows).toEqual([{ price: 20 }]);
      const count = await pool.query("SELECT count(*) FROM things WHERE id >= 10");
      expect(Object.values(count.rows[0] as object)).toEqual(["20"]);
    } finally {
      await pool.end();
    }
  });

  it("pools: a failed transaction does not poison the next client", async () => {
    const pool = new pg.Pool({ connectionString: server.url, max: 1 });
    try {
      const client = await pool.connect();
      await client.query("BEGIN");
      await expect(client.query("SELEKT")).rejects.toMatchObject({ code: "42601" });
      await expect(client.query("SELECT 1")).rejects.toMatchObject({ code: "25P02" });
      await client.query("ROLLBACK");
      client.release();
      expect((await pool.query("SELECT 1 AS one")).rowCount).toBe(1);
    } finally {
      await pool.end();
    }
  });

  it("takes timeouts from its configuration", async () => {
    await withClient(
      async (client) => {
        await expect(client.query(LONG_SELECT)).rejects.toMatchObject({ code: "57014" });
        expect((await client.query("SELECT 1 AS one")).rowCount).toBe(1);
      },
      { statement_timeout: 200, application_name: "a test", lock_timeout: 1000 },
    );
  });

  it("cancels by the key of its connection", async () => {
    await withClient(async (client) => {
      const failed = client.query(LONG_SELECT).catch((error: unknown) => error);
      await new Promise((resolve) => setTimeout(resolve, 200));
      const { processID, secretKey } = client as unknown as {
        processID: number;
        secretKey: number;
      };
      const canceller = await Wire.open(server);
      canceller.send(cancelRequest(processID, int32(secretKey)));
      expect(await failed).toMatchObject({ code: "57014" });
      canceller.close();
      expect((await client.query("SELECT 1 AS one")).rowCount).toBe(1);
    });
  });

  it("hears the NOTICE of a connection without a dialect", async () => {
    const plain = new URL(server.url);
    plain.search = "";
    const notices: string[] = [];
    const client = new pg.Client({ connectionString: plain.href });
    client.on("notice", ({ hint }) => notices.push(hint ?? ""));
    await client.connect();
    await client.query("SELECT 1");
    await client.end();
    expect(notices).toEqual([expect.stringContaining("dosql.dialect")]);
  });

  it("hears that the server stops", async () => {
    const own = await startDosql();
    const client = new pg.Client({ connectionString: own.url });
    await client.connect();
    const heard: Error[] = [];
    // The second one is pg's own, about the end of the stream.
    const ended = new Promise((resolve) => client.once("end", resolve));
    client.on("error", (error) => heard.push(error));
    await own.stop();
    await ended;
    expect(heard[0]).toMatchObject({ code: "57P01", severity: "FATAL" });
  });

  it("is refused beyond the last connection", async () => {
    const clients: pg.Client[] = [];
    try {
      const codes: unknown[] = [];
      // 100 is the default limit; a few may still be closing.
      for (let at = 0; at < 102; at++) {
        const client = new pg.Client({ connectionString: server.url });
        clients.push(client);
        await client.connect().catch((error: { code?: string }) => codes.push(error.code));
      }
      expect(codes.length).toBeGreaterThanOrEqual(2);
      expect(new Set(codes)).toEqual(new Set(["53300"]));
    } finally {
      await Promise.all(clients.map((client) => client.end().catch(() => {})));
    }
    await withClient(async (client) => {
      expect((await client.query("SELECT 1 AS one")).rowCount).toBe(1);
    });
  });
});

interface PostgresJs {
  (url: string, options?: object): PostgresJsSql;
}
interface PostgresJsSql {
  (parts: TemplateStringsArray, ...values: unknown[]): Promise<Record<string, unknown>[]>;
  begin<T>(use: (sql: PostgresJsSql) => Promise<T>): Promise<T>;
  unsafe(text: string): Promise<Record<string, unknown>[]>;
  end(): Promise<void>;
}

function postgresJs(): PostgresJs | null {
  try {
    const require = createRequire(path.join(import.meta.dirname, "package.json"));
    return require("postgres") as PostgresJs;
  } catch {
    return null;
  }
}

const postgres = postgresJs();
const missing = postgres === null ? " (skipped: compat-tests/pgwire does not bring it)" : "";

describe.skipIf(postgres === null)(`postgres.js${missing}`, () => {
  it("queries, pipelines, fails and rolls back", async () => {
    // Its question about array types at connect is one for pg_catalog.
    const sql = postgres!(server.url, { max: 3, fetch_types: false });
    try {
      await sql.unsafe(SCHEMA);
      await sql`INSERT INTO things (id, name, done) VALUES (${1}, ${"one"}, ${true})`;
      const rows = await Promise.all(
        [1, 1, 1].map((id) => sql`SELECT name, done FROM things WHERE id = ${id}`),
      );
      expect(rows.map((one) => [...one])).toEqual(Array(3).fill([{ name: "one", done: true }]));
      const failed = sql.begin(async (tx) => {
        await tx`INSERT INTO things (id, name) VALUES (2, 'two')`;
        await tx`INSERT INTO things (id, name) VALUES (3, 'one')`;
      });
      await expect(failed).rejects.toMatchObject({ code: "23505" });
      expect([...(await sql`SELECT id FROM things`)]).toEqual([{ id: "1" }]);
    } finally {
      await sql.end();
    }
  });
});
