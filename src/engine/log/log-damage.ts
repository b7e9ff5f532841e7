import { DosqlError } from "../../base/errors.ts";

/** The error of a change log that is not what was written. */
export function damagedLog(message: string): DosqlError {
  return new DosqlError("bad-file", message, {
    hint: "restore a copy from the archive: dosql restore --help",
  });
}

/** The same where only the place is known. */
export function damagedAt(lsn: number): DosqlError {
  return damagedLog(`the change log is damaged at LSN ${lsn}`);
}
