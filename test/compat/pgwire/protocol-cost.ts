/**
 * Prints what the protocol alone costs per query: decoding, state, encoding, without SQLite and
 * without sockets. Run it with `node test/compat/pgwire/protocol-cost.ts`.
 */
import { serialize } from "pg-protocol";
import { PgConnection } from "../../../src/compat/pgwire/connection.ts";
import type { Row } from "../../../src/base/value.ts";
import type { ResultSet } from "../../../src/engine/session/result-set.ts";
import { ScriptedSession } from "./scripted-session.ts";
import { serverParts } from "./server.ts";

const ROUNDS = 7;
const TEXT = "SELECT abalance FROM pgbench_accounts WHERE aid = ";

function resultOf(types: readonly string[], rows: Row[]): ResultSet {
  const columns = types.map((declaredType, index) => {
    const name = `column_${index}`;
    return { name, table: "t", column: name, declaredType };
  });
  return { columns, rows, changes: 0, lastRowid: 0n, command: "SELECT" };
}

const one = resultOf(["INTEGER"], [[123_456n]]);
const many = resultOf(
  ["INTEGER", "TEXT", "REAL", "INTEGER"],
  Array.from({ length: 1000 }, (_, row): Row => {
    return [BigInt(row * 1000), `some text of ${row}`, row / 8, BigInt(row)];
  }),
);

const session = new ScriptedSession();
let answer = one;
session.execute = () => answer;
session.describe = () => ({
  command: "SELECT",
  readonly: true,
  columns: answer.columns,
  parameters: [{ number: 1, name: null, declaredType: "INTEGER" }],
});

const connection = new PgConnection(serverParts(session), {
  peer: { loopback: true },
  sink: { write: () => true, end: () => undefined },
});
const send = (bytes: Uint8Array): void => connection.receive(bytes);
const joined = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const bindRunSync = (statement: string): Uint8Array[] => [
  serialize.bind({ statement, values: ["123456"] }),
  serialize.describe({ type: "P" }),
  serialize.execute(),
  serialize.sync(),
];

/** The best of some rounds, in microseconds of this process's CPU time per query. */
function costOf(query: Uint8Array, count: number): number {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    for (let index = 0; index < count; index++) send(query);
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / count);
  }
  return best;
}

send(joined(serialize.startup({ user: "ada", "dosql.dialect": "sqlite" })));
send(joined(serialize.parse({ name: "P0", text: `${TEXT}$1;` }), serialize.sync()));
const simple = joined(serialize.query(`${TEXT}123456;`));
const extended = joined(serialize.parse({ text: `${TEXT}$1;` }), ...bindRunSync(""));
const prepared = joined(...bindRunSync("P0"));
const POINTS = 50_000;
console.log(`simple    ${costOf(simple, POINTS).toFixed(2)} us per query`);
console.log(`extended  ${costOf(extended, POINTS).toFixed(2)} us per query`);
console.log(`prepared  ${costOf(prepared, POINTS).toFixed(2)} us per query`);
answer = many;
console.log(`1000 x 4  ${costOf(simple, 300).toFixed(0)} us per query`);
connection.closed();
