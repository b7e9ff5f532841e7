import * as fs from "node:fs";
import * as path from "node:path";
import { DosqlError } from "../../../base/errors.ts";
import type { FileInfo, Files } from "../../../ports/files.ts";

/** The disk of this machine. */
export const nodeFiles: Files = {
  absolute: realAbsolute,
  join: (...parts) => path.join(...parts),
  parent: (target) => path.dirname(target),
  info: (target) => attempt(target, () => infoOf(target)),
  list: (target) => attempt(target, () => fs.readdirSync(target)),
  readText: (target) =>
    attempt(target, () => {
      if (infoOf(target) === null) return null;
      return fs.readFileSync(target, "utf8");
    }),
  readStart: (target, count) => attempt(target, () => readStart(target, count)),
  replaceText(target, text, mode) {
    const draft = `${target}.${process.pid}.tmp`;
    attempt(target, () => {
      try {
        writeDurably(draft, text, mode, "w");
        fs.renameSync(draft, target);
      } catch (error) {
        fs.rmSync(draft, { force: true });
        throw error;
      }
    });
  },
  createText: (target, text, mode) =>
    attempt(target, () => {
      try {
        writeDurably(target, text, mode, "wx");
        return true;
      } catch (error) {
        if (codeOf(error) === "EEXIST") return false;
        throw error;
      }
    }),
  appendText: (target, text, mode) =>
    attempt(target, () => fs.appendFileSync(target, text, { mode })),
  makeFolder: (target, mode) =>
    attempt(target, () => {
      if (infoOf(target)?.kind !== "folder") fs.mkdirSync(target, { mode });
    }),
  checkAccess: (target) =>
    attempt(target, () => fs.accessSync(target, fs.constants.R_OK | fs.constants.W_OK)),
  rename: (from, to) => attempt(to, () => fs.renameSync(from, to)),
  remove: (target) => attempt(target, () => fs.rmSync(target, { force: true })),
};

function infoOf(target: string): FileInfo | null {
  const stats = fs.statSync(target, { throwIfNoEntry: false });
  if (stats === undefined) return null;
  const kind = stats.isFile() ? "file" : stats.isDirectory() ? "folder" : "other";
  return { kind, sizeBytes: stats.size };
}

/** Two names of one folder (a link, `..`) must count as one, so links are resolved. */
function realAbsolute(target: string): string {
  const absolute = path.resolve(target);
  try {
    return fs.realpathSync(absolute);
  } catch {
    const parent = path.dirname(absolute);
    return parent === absolute
      ? absolute
      : path.join(realAbsolute(parent), path.basename(absolute));
  }
}

function readStart(target: string, count: number): Uint8Array {
  const handle = fs.openSync(target, "r");
  try {
    const bytes = new Uint8Array(count);
    return bytes.subarray(0, fs.readSync(handle, bytes, 0, count, 0));
  } finally {
    fs.closeSync(handle);
  }
}

function writeDurably(target: string, text: string, mode: number, flag: "w" | "wx"): void {
  const handle = fs.openSync(target, flag, mode);
  try {
    fs.writeFileSync(handle, text);
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

/** The path is at fault; everything else is the device. */
const PATH_CODES: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "does not exist"],
  ["ENOTDIR", "leads through something that is not a folder"],
  ["EISDIR", "is a folder"],
  ["EACCES", "may not be accessed by this user"],
  ["EPERM", "may not be accessed by this user"],
  ["EROFS", "lies on a read-only file system"],
  ["ELOOP", "is a circle of links"],
  ["ENAMETOOLONG", "has too long a name"],
]);

const DEVICE_CODES: ReadonlyMap<string, string> = new Map([
  ["ENOSPC", "the disk is full"],
  ["EDQUOT", "the disk quota is used up"],
  ["EMFILE", "this process has too many open files"],
  ["ENFILE", "the machine has too many open files"],
  ["EIO", "the device failed"],
]);

/** A failed system call in our terms, in words a user can act on. */
export function fileError(target: string, error: unknown): DosqlError {
  if (error instanceof DosqlError) return error;
  const code = codeOf(error);
  const fault = PATH_CODES.get(code);
  if (fault !== undefined) {
    return new DosqlError("bad-file", `${target} ${fault}`, { cause: error });
  }
  const reason = DEVICE_CODES.get(code) ?? (error instanceof Error ? error.message : String(error));
  return new DosqlError("io", `${target}: ${reason}`, { cause: error });
}

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" ? code : "";
}

function attempt<T>(target: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw fileError(target, error);
  }
}
