import { compareHlc } from "../../base/hlc.ts";
import type { Lsn } from "../../base/lsn.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import { damagedAt } from "../log/log-damage.ts";
import type { LogReader } from "../log/log-reader.ts";
import { SealCheck } from "../log/seal-check.ts";
import { SealTable } from "../log/seal-table.ts";
import { commitValues } from "../log/to-transaction.ts";

/**
 * Which part of a file's log was held against its seals. Statements about the past read the log in
 * SQL, which checks nothing: so what they will read is read here before, once for all of them.
 * One for each file that is open.
 */
export class CheckedLog {
  /** Transactions that end after the first and not after the second are as they were sealed. */
  #known: readonly [after: Lsn, upTo: Lsn] | null = null;

  /**
   * Checks the commit at `at`, and all that is sealed after it.
   *
   * @param at a position that was found by what commit entries say
   * @throws DosqlError `bad-file` that names the LSN
   */
  require(driver: SqlDriver, log: LogReader, at: Lsn): void {
    const seals = new SealTable(driver);
    const sealed = seals.sealedLsn();
    const after = startOf(log, seals, at, sealed);
    const [from, upTo] = this.#known ?? [after, after];
    if (this.#known !== null && after >= sealed) return;
    if (after > upTo) {
      check(log, seals, after, sealed);
      this.#known = [after, sealed];
      return;
    }
    if (after < from) check(log, seals, after, from);
    if (sealed > upTo || this.#known === null) check(log, seals, upTo, sealed);
    this.#known = [after < from ? after : from, sealed];
  }
}

/** From where on the log must be checked. The commit at `at` has to say what its seal says. */
function startOf(log: LogReader, seals: SealTable, at: Lsn, sealed: Lsn): Lsn {
  // Of what is trimmed only its end is known, of what is not sealed nothing.
  if (at <= seals.trimmedLsn()) return at;
  if (at > sealed) return sealed;
  const seal = seals.at(at);
  const commit = log.commitUpTo(at);
  if (seal?.lastLsn !== at || commit?.lsn !== at) throw damagedAt(at);
  const { wallMs, counter } = commitValues(commit);
  if (compareHlc({ wallMs, counter }, seal) !== 0) throw damagedAt(at);
  return at;
}

function check(log: LogReader, seals: SealTable, after: Lsn, upTo: Lsn): void {
  // What is damaged may hide under another name or table.
  log.relations.check();
  const sealCheck = new SealCheck(seals, after);
  for (let at = after; at < upTo;) {
    const page = log.entries(at, undefined, upTo);
    const last = page.at(-1);
    if (last === undefined) throw damagedAt(at + 1);
    sealCheck.begin(page);
    for (const entry of page) {
      const fault = sealCheck.fault(entry);
      if (fault !== null) throw fault;
    }
    at = last.lsn;
  }
}
