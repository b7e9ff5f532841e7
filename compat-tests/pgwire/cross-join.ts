/** A read that takes minutes, over tables of the database. */
import pg from "pg";

/** 1,500³ rows: minutes for SQLite, and for PostgreSQL. */
const ROWS = 1500;

export const CROSS_JOIN = `SELECT count(*) FROM cross_n AS a, cross_n AS b, cross_n AS c
  WHERE (a.i * b.i + c.i) % 7 = 3`;

export async function makeCrossJoin(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const values = Array.from({ length: ROWS }, (_, at) => `(${at})`).join(", ");
    await client.query("CREATE TABLE cross_n (i bigint)");
    await client.query(`INSERT INTO cross_n VALUES ${values}`);
    await client.query("CREATE TABLE points (id integer PRIMARY KEY, name text)");
    await client.query(`INSERT INTO points SELECT i, 'point ' || i FROM cross_n`);
  } finally {
    await client.end();
  }
}

/** Number of the points that a neighbour may ask for. */
export const POINTS: number = ROWS;
export const POINT_SELECT = "SELECT name FROM points WHERE id = $1";
