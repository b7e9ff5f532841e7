import { CAPTURE_OFF } from "../../engine/capture/capture-setting.ts";
import { readCaptureSetting } from "../../engine/capture/file-setting.ts";
import { readVirtualTables } from "../../engine/capture/virtual-tables.ts";
import { Snapshots } from "../../engine/archive/snapshot-reader.ts";
import { CommittedLog } from "../../engine/feed/committed-log.ts";
import { SlotTable } from "../../engine/feed/slot-table.ts";
import { commitValues } from "../../engine/log/to-transaction.ts";
import { MetaTable } from "../../engine/meta-table.ts";
import { nodeFiles } from "../../platform/node/files/files.ts";
import { NodeSqlDriver } from "../../platform/node/sqlite/sqlite-driver.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { ArchiveReport, ChangeReport } from "../../server/change-report.ts";
import { folderArchive } from "./node-archive.ts";

/**
 * What a database file says of its change log, while others may have it open. Nothing is written.
 *
 * @param archive the folder of its archive, which need not be there; null without one
 */
export async function readChangeReport(
  file: string,
  archive: string | null,
): Promise<ChangeReport> {
  const driver = new NodeSqlDriver(file, { readonly: true });
  try {
    driver.exec("BEGIN");
    const { archivedLsn, ...report } = ofFile(driver);
    return { ...report, archive: archive === null ? null : await ofArchive(archive, archivedLsn) };
  } finally {
    driver.close();
  }
}

function ofFile(
  driver: SqlDriver,
): Omit<ChangeReport, "archive"> & Pick<ArchiveReport, "archivedLsn"> {
  const capture = readCaptureSetting(driver) ?? CAPTURE_OFF;
  const log = new CommittedLog(driver);
  const nothing = { oldest: null, newestMs: null, uncaptured: [], archivedLsn: null };
  if (!log.exists) return { capture, head: 0, slots: [], ...nothing };
  const newest = log.reader.lastCommit();
  const head = newest?.lsn ?? 0;
  const slots = new SlotTable(driver).all().map(({ name, confirmedLsn, maxLag, lost }) => {
    const lagEntries = Math.max(0, head - confirmedLsn);
    const why = maxLag !== null && lagEntries > maxLag ? `it lags ${lagEntries} entries` : null;
    return { name, confirmedLsn, lagEntries, lost: lost ?? why, active: false };
  });
  const virtual = capture.mode === "on" ? readVirtualTables(driver) : [];
  const archived = new MetaTable(driver).read("archived_lsn");
  return {
    capture,
    head,
    slots,
    oldest: head === 0 ? null : log.reader.oldest(),
    newestMs: newest === null ? null : commitValues(newest).wallMs,
    uncaptured: virtual.filter(({ state }) => state === "uncaptured").map(({ name }) => name),
    archivedLsn: typeof archived === "number" ? archived : null,
  };
}

async function ofArchive(
  folder: string,
  archivedLsn: number | null,
): Promise<ArchiveReport | null> {
  if (nodeFiles.info(folder)?.kind !== "folder") return null;
  const positions = await new Snapshots(folderArchive(folder)).positions();
  const [oldestSnapshot, newestSnapshot] = [positions[0] ?? null, positions.at(-1) ?? null];
  return { folder, archivedLsn, oldestSnapshot, newestSnapshot };
}
