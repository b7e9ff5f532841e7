import type { Lsn } from "../../../src/base/lsn.ts";
import { toLsn } from "../../../src/base/lsn.ts";
import type { Row, SqlValue } from "../../../src/base/value.ts";
import { ENTRY } from "../../../src/engine/log/layout.ts";
import { valueCount } from "../../../src/engine/log/log-entry.ts";
import type { LogEntry } from "../../../src/engine/log/log-entry.ts";
import type { Relation } from "../../../src/engine/log/relation.ts";

/** Every kind of value, at its edges. */
export const VALUES: readonly SqlValue[] = [
  null,
  0n,
  -1n,
  2n ** 63n - 1n,
  -(2n ** 63n),
  0,
  -0,
  1.5,
  Number.MAX_VALUE,
  5e-324,
  Infinity,
  -Infinity,
  "",
  "short",
  "more than twenty-four characters of ASCII",
  "é日本😀\u{feff}\0end",
  "\u{feff}",
  new Uint8Array(),
  new Uint8Array([0, 255, 128]),
  new Uint8Array(300).fill(7),
];

/** A relation with that many columns. */
export function sampleRelation(id: number, columns: number, rowid = true): Relation {
  return {
    id,
    tableId: id * 10,
    name: `table ${id}`,
    fromLsn: toLsn(id),
    toLsn: null,
    schemaVersion: 3,
    columns: Array.from({ length: columns }, (_, i) => ({
      id: i + 1,
      name: `c${i}`,
      declaredType: i === 0 ? "" : "TEXT",
    })),
    key: rowid ? [] : [0],
    rowid,
    withoutRowid: !rowid,
    sql: `CREATE TABLE "table ${id}" (…)`,
  };
}

/** How a log is made up; `below` draws the numbers. */
export interface LogShape {
  readonly transactions: number;
  readonly entries: number;
  readonly below: (limit: number) => number;
}

/** A log of transactions, LSNs from `firstLsn` on. */
export function sampleLog({ transactions, entries, below }: LogShape, firstLsn = 1): LogEntry[] {
  const relations = [sampleRelation(1, 1), sampleRelation(2, 5, false), sampleRelation(9, 40)];
  const log: LogEntry[] = [];
  let lsn = firstLsn;
  const row = (length: number): Row =>
    Array.from({ length }, () => VALUES[below(VALUES.length)] ?? null);
  for (let number = 0; number < transactions; number++) {
    for (let i = below(entries) + 1; i > 0; i--) {
      if (below(10) === 0) {
        const values = ["t", `CREATE TABLE t (x${lsn})`, 4n];
        log.push({ lsn: toLsn(lsn++), code: ENTRY.ddl, relation: null, values });
        continue;
      }
      const relation = relations[below(3)] ?? sampleRelation(1, 1);
      const codes = [ENTRY.insert, ENTRY.update, ENTRY.delete, ENTRY.candidate, ENTRY.shadow];
      const code = codes[below(5)] ?? ENTRY.insert;
      const values = row(valueCount(relation, code));
      log.push({ lsn: toLsn(lsn++), code, relation, values });
    }
    log.push(sampleCommit(toLsn(lsn++), number));
  }
  return log;
}

export function sampleCommit(lsn: Lsn, number: number): LogEntry {
  const values = [1_700_000_000_000n + BigInt(number), 0n, 4n, "local", null];
  return { lsn, code: ENTRY.commit, relation: null, values };
}
