import type { FacadeHome, OpenRequest } from "./home.ts";
import { booleanOption, optionsArgument } from "./options.ts";
import type { Given } from "./options.ts";

/** The arguments of `new Database(…)`, checked. */
export interface DatabaseArguments {
  readonly request: OpenRequest;
  /** As given: what `db.name` answers. */
  readonly name: string;
  readonly memory: boolean;
}

const DEFAULT_TIMEOUT_MS = 5_000;
/** SQLite keeps the timeout in a C int. */
const MOST_TIMEOUT_MS = 0x7fffffff;

/** Reads `new Database(source, options)`, with better-sqlite3's complaints. */
export function readArguments(
  home: FacadeHome,
  given: unknown,
  givenOptions: unknown,
): DatabaseArguments {
  const options = optionsArgument(givenOptions, "second");
  const bytes = home.isBuffer(given) ? given : null;
  const other = home.nameOf?.(given) ?? null;
  if (typeof given === "number") refuseDescriptor(given, options);
  const name = other ?? (bytes === null ? pathOf(given) : ":memory:");
  checkSpelling(options);
  const path = name.trim();
  const anonymous = path === "" || path === ":memory:";
  const readonly = booleanOption(options, "readonly");
  const fileMustExist = booleanOption(options, "fileMustExist");
  const timeoutMs = timeoutOf(options);
  const log = logOf(options);
  checkNativeBinding(options);
  if (readonly && anonymous && bytes === null) {
    throw new TypeError("In-memory/temporary databases cannot be readonly");
  }
  if (!anonymous && other === null && !home.hasFolder(path)) {
    throw new TypeError("Cannot open database because the directory does not exist");
  }
  const storage = other === null ? {} : { storage: given };
  const request = { source: bytes ?? path, ...storage, readonly, fileMustExist, timeoutMs, log };
  return { request: { ...request, options }, name, memory: anonymous };
}

function pathOf(given: unknown): string {
  if (given === undefined || given === null) return "";
  if (typeof given !== "string") throw new TypeError("Expected first argument to be a string");
  return given;
}

function checkSpelling(options: Given): void {
  if ("readOnly" in options) {
    throw new TypeError('Misspelled option "readOnly" should be "readonly"');
  }
  if ("memory" in options) {
    throw new TypeError('Option "memory" was removed in v7.0.0 (use ":memory:" filename instead)');
  }
  if ("journalFd" in options) {
    throw new TypeError(
      'The "journalFd" option can only be used when opening a database from a file descriptor',
    );
  }
}

function timeoutOf(options: Given): number {
  if (!("timeout" in options)) return DEFAULT_TIMEOUT_MS;
  const { timeout } = options;
  if (typeof timeout !== "number" || !Number.isInteger(timeout) || timeout < 0) {
    throw new TypeError('Expected the "timeout" option to be a positive integer');
  }
  if (timeout > MOST_TIMEOUT_MS) {
    throw new RangeError(`Option "timeout" cannot be greater than ${MOST_TIMEOUT_MS}`);
  }
  return timeout;
}

function logOf(options: Given): ((sql: string) => void) | null {
  const { verbose } = options;
  if (verbose === undefined || verbose === null) return null;
  if (typeof verbose !== "function") {
    throw new TypeError('Expected the "verbose" option to be a function');
  }
  const call = verbose as (sql: string) => void;
  // Without a receiver, as better-sqlite3 calls it.
  return (sql) => call(sql);
}

/** There is no native addon here; the option is checked, so that a mistake shows, and not used. */
function checkNativeBinding({ nativeBinding }: Given): void {
  if (nativeBinding === undefined || nativeBinding === null) return;
  if (typeof nativeBinding !== "string" && typeof nativeBinding !== "object") {
    throw new TypeError('Expected the "nativeBinding" option to be a string or addon object');
  }
}

function refuseDescriptor(descriptor: number, options: Given): never {
  if (!Number.isInteger(descriptor) || descriptor < 0 || descriptor > MOST_TIMEOUT_MS) {
    throw new TypeError("Expected the file descriptor to be a non-negative 32-bit integer");
  }
  if (!("journalFd" in options)) {
    throw new TypeError(
      'The "journalFd" option is required when opening a database from a file descriptor',
    );
  }
  throw new TypeError(
    "Opening a database from a file descriptor is not supported: node:sqlite opens files by path",
  );
}
