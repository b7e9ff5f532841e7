/** A database from Node over capnweb, compared with a call of the same way that does nothing. */
import { newWebSocketRpcSession } from "capnweb";
import { connect } from "../../src/entry/client.ts";
import { d1 } from "../../src/entry/d1.ts";
import { TOKEN } from "./workers.ts";

const SLICES = 11;
const REPEATS = 100;
/** Node and workerd compile what the others run. */
const WARM_UP_SLICES = 3;

/** Microseconds per call, of one slice. */
export interface RemoteTimes {
  readonly constant: number;
  readonly query: number;
  readonly face: number;
}

interface Constant {
  nothing(): Promise<number>;
}

/** Slices take turns, so that a slow moment hits all. */
export async function measureRemote(url: string): Promise<RemoteTimes[]> {
  const ws = url.replace(/^http/, "ws");
  using constant = newWebSocketRpcSession<Constant>(`${ws}constant`);
  await using database = await connect(ws, { token: TOKEN });
  const db = d1(database);
  await db.exec("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, price REAL, stock INTEGER)");
  await db.exec("INSERT INTO item VALUES (7, 'item number 7', 10.5, 7)");
  const select = "SELECT * FROM item WHERE id = ?";
  const slices: RemoteTimes[] = [];
  for (let i = 0; i < WARM_UP_SLICES + SLICES; i++) {
    const slice = {
      constant: await measure(() => constant.nothing()),
      query: await measure(() => database.query(select, [7n])),
      face: await measure(() => db.prepare(select).bind(7).first()),
    };
    if (i >= WARM_UP_SLICES) slices.push(slice);
  }
  return slices;
}

async function measure(body: () => PromiseLike<unknown>): Promise<number> {
  const started = performance.now();
  for (let i = 0; i < REPEATS; i++) await body();
  return ((performance.now() - started) * 1000) / REPEATS;
}
