import { formatHlc } from "../../base/hlc.ts";
import type { Lsn } from "../../base/lsn.ts";
import type { Row, SqlValue } from "../../base/value.ts";
import { ENTRY } from "./layout.ts";
import type { EntryCode } from "./layout.ts";
import { damagedLog } from "./log-damage.ts";
import type { LogEntry } from "./log-entry.ts";
import type { LogOp, LogOrigin, LogRecord, LogTransaction, TransactionId } from "./record.ts";
import type { Relation } from "./relation.ts";

/** Values of a commit entry, in order. */
export interface CommitValues {
  readonly wallMs: number;
  readonly counter: number;
  readonly schemaVersion: number;
  readonly origin: LogOrigin;
  readonly gtid: string | null;
}

/** The commit entry's values. */
export function commitValues({ lsn, values }: Pick<LogEntry, "lsn" | "values">): CommitValues {
  const [wallMs, counter, schemaVersion, origin, gtid] = values;
  if (origin !== "local" && origin !== "foreign" && origin !== "snapshot") {
    throw damagedLog(`commit entry ${lsn} of the change log is damaged`);
  }
  return {
    wallMs: Number(wallMs),
    counter: Number(counter),
    schemaVersion: Number(schemaVersion),
    origin,
    gtid: typeof gtid === "string" ? gtid : null,
  };
}

/** What of a transaction is shown. */
export interface TransactionView {
  /** The transaction's first entry, which may be none of those that are shown. */
  readonly firstLsn: Lsn;
  /** The record of an entry as it is shown, or null. */
  show(record: LogRecord, entry: LogEntry): LogRecord | null;
}

/**
 * The entries of one transaction as what the world sees of it.
 *
 * @param entries its entries, or those that `view` shows and all DDL
 */
export function toTransaction(
  entries: readonly LogEntry[],
  commit: LogEntry,
  view: TransactionView | null = null,
): LogTransaction {
  const { wallMs, counter, schemaVersion, origin, gtid } = commitValues(commit);
  const commitTs = { wallMs, counter };
  const id = (gtid ?? formatHlc(commitTs)) as TransactionId;
  const common = { txn: id, commitTs };
  // A DDL entry says the version that holds after it; before the first one it is one less each.
  const ddls = entries.filter(({ code }) => code === ENTRY.ddl).length;
  let version = schemaVersion - ddls;
  const records: LogRecord[] = [];
  for (const entry of entries) {
    if (entry.code === ENTRY.ddl) version++;
    const record = toRecord(entry, { ...common, schemaVersion: version });
    const shown = record === null || view === null ? record : view.show(record, entry);
    if (shown !== null) records.push(shown);
  }
  return {
    id,
    firstLsn: view?.firstLsn ?? entries[0]?.lsn ?? commit.lsn,
    lastLsn: commit.lsn,
    commitTs,
    schemaVersion,
    origin,
    records,
  };
}

type Common = Pick<LogRecord, "txn" | "commitTs" | "schemaVersion">;

function toRecord(entry: LogEntry, common: Common): LogRecord | null {
  const { lsn, code, relation, values } = entry;
  if (code === ENTRY.ddl) {
    const [table, sql] = values.map(String);
    const named = { table: table ?? "", columns: [], key: [], sql: sql ?? "" };
    return { lsn, op: "ddl", ...named, ...common };
  }
  const op = OPS[code];
  if (op === undefined || relation === null) return null;
  return { lsn, op, ...rowRecord(relation, op, values), ...common };
}

/** What an entry does to a row; null for what is no change of a row, or is not known to be one. */
export function rowOperation(code: EntryCode): LogOp | null {
  return OPS[code] ?? null;
}

const OPS: Readonly<Partial<Record<EntryCode, LogOp>>> = {
  [ENTRY.insert]: "insert",
  [ENTRY.update]: "update",
  [ENTRY.delete]: "delete",
};

/** The images of an entry; a hidden rowid stands before each. */
function rowRecord(
  relation: Relation,
  op: LogOp,
  values: Row,
): Omit<LogRecord, "lsn" | "op" | keyof Common> {
  const first = imageAt(relation, values, 0);
  const second = op === "update" ? imageAt(relation, values, first.end) : first;
  const before = op === "insert" ? null : first;
  const after = op === "delete" ? null : second;
  const columns = relation.columns.map(({ name }) => name);
  return {
    table: relation.name,
    columns,
    key: keyOf(relation, before ?? second),
    ...(before === null ? {} : { before: before.row }),
    ...(after === null ? {} : { after: after.row }),
    ...(typeof before?.rowid === "bigint" ? { beforeRowid: before.rowid } : {}),
    ...(typeof after?.rowid === "bigint" ? { afterRowid: after.rowid } : {}),
  };
}

/** One row in an entry. */
export interface Image {
  /** Null where the table has no hidden one. */
  readonly rowid: SqlValue;
  readonly row: Row;
  readonly end: number;
}

/** The row whose values begin at that place of an entry. */
export function imageAt(relation: Relation, values: Row, start: number): Image {
  const at = start + (relation.rowid ? 1 : 0);
  const end = at + relation.columns.length;
  return {
    rowid: relation.rowid ? (values[start] ?? null) : null,
    row: values.slice(at, end),
    end,
  };
}

/** What `LogRecord.key` says of a row. */
export function keyOf(relation: Relation, { rowid, row }: Image): Row {
  if (relation.key.length > 0) return relation.key.map((place) => row[place] ?? null);
  return relation.rowid ? [rowid] : row;
}
