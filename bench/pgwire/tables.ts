import pg from "pg";

export const ACCOUNTS = 100_000;
const BRANCHES = 10;
const TELLERS = 100;
const ROWS_PER_INSERT = 500;

/**
 * pgbench's tables at scale 1, in words that both dialects understand; `bank_…` are those of
 * TPC-B with ten branches, so that its clients do not all wait for the same row.
 */
const SCHEMA: readonly string[] = [
  "CREATE TABLE pgbench_branches (bid integer PRIMARY KEY, bbalance integer, filler char(88))",
  `CREATE TABLE pgbench_accounts
    (aid integer PRIMARY KEY, bid integer, abalance integer, filler char(84))`,
  "CREATE TABLE bank_branches (bid integer PRIMARY KEY, bbalance integer)",
  "CREATE TABLE bank_tellers (tid integer PRIMARY KEY, bid integer, tbalance integer)",
  `CREATE TABLE bank_history
    (tid integer, bid integer, aid integer, delta integer, mtime timestamp)`,
];

/** Loads both sides by the same statements. */
export async function loadTables(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    for (const sql of SCHEMA) await client.query(sql);
    await client.query("BEGIN");
    await client.query("INSERT INTO pgbench_branches VALUES (1, 0, '')");
    const filler = " ".repeat(84);
    await insert(client, "pgbench_accounts", ACCOUNTS, (id) => `(${id}, 1, 0, '${filler}')`);
    await insert(client, "bank_branches", BRANCHES, (id) => `(${id}, 0)`);
    await insert(client, "bank_tellers", TELLERS, (id) => `(${id}, ${(id % BRANCHES) + 1}, 0)`);
    await client.query("COMMIT");
    await client.query("ANALYZE");
  } finally {
    await client.end();
  }
}

async function insert(
  client: pg.Client,
  table: string,
  count: number,
  row: (id: number) => string,
): Promise<void> {
  for (let first = 1; first <= count; first += ROWS_PER_INSERT) {
    const size = Math.min(ROWS_PER_INSERT, count - first + 1);
    const rows = Array.from({ length: size }, (_, at) => row(first + at));
    await client.query(`INSERT INTO ${table} VALUES ${rows.join(", ")}`);
  }
}

/** TPC-B as pgbench plays it, over ten branches. */
export const TPCB_SCRIPT = `\\set aid random(1, ${ACCOUNTS})
\\set bid random(1, ${BRANCHES})
\\set tid random(1, ${TELLERS})
\\set delta random(-5000, 5000)
BEGIN;
UPDATE pgbench_accounts SET abalance = abalance + :delta WHERE aid = :aid;
SELECT abalance FROM pgbench_accounts WHERE aid = :aid;
UPDATE bank_tellers SET tbalance = tbalance + :delta WHERE tid = :tid;
UPDATE bank_branches SET bbalance = bbalance + :delta WHERE bid = :bid;
INSERT INTO bank_history (tid, bid, aid, delta, mtime)
  VALUES (:tid, :bid, :aid, :delta, CURRENT_TIMESTAMP);
END;
`;

/** A thousand rows of four columns in the order of the key. */
export const ROWS_SCRIPT = `\\set first random(1, ${ACCOUNTS - 1000})
SELECT aid, bid, abalance, filler FROM pgbench_accounts
  WHERE aid BETWEEN :first AND :first + 999;
`;
