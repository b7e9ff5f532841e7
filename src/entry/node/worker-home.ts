import { DosqlError } from "../../base/errors.ts";
import type { FacadeHome, OpenRequest } from "../../compat/better-sqlite3/home.ts";
import { WorkerDatabase } from "../../compat/better-sqlite3/worker/worker-database.ts";
import type { SyncDatabase } from "../../engine/session/sync-database.ts";
import { startDatabaseProcess } from "../../platform/node/bridge/database-process.ts";
import type { DatabaseProcess } from "../../ports/database-process.ts";
import { processMain } from "../process-main.ts";

/** What opens databases in processes. */
export interface WorkerChoice {
  /** By default what opens them for a program that does not say. */
  readonly binding: "native" | "builtin" | undefined;
  /** The file from which better-sqlite3 is looked for. */
  readonly program: string;
}

/** A home that opens databases in processes of their own, where a program asks for that. */
export function withWorker(home: FacadeHome, choice: Partial<WorkerChoice> = {}): FacadeHome {
  const program = choice.program ?? process.argv[1] ?? "";
  const args = [program, choice.binding ?? ""];
  // Processes of databases that nobody has any more.
  const left = new FinalizationRegistry<{ current: DatabaseProcess | null }>(({ current }) =>
    current?.end(),
  );
  const open = (request: OpenRequest): SyncDatabase => {
    const { options, log, source, readonly, fileMustExist, timeoutMs } = request;
    const limitMs = limitOf(options);
    const nativeBinding = nativeBindingOf(options);
    const place = { readonly, fileMustExist, timeoutMs, nativeBinding };
    const running: { current: DatabaseProcess | null } = { current: null };
    const cwd = process.cwd();
    const database = new WorkerDatabase({
      settings: { source, ...place, log: log !== null, limitMs, again: false },
      log,
      folder: () => process.cwd(),
      start() {
        const main = processMain("database-process");
        running.current = startDatabaseProcess({ main, args, cwd });
        return running.current;
      },
    });
    left.register(database, running);
    return database;
  };
  return {
    ...home,
    open: (request) => (inWorker(request.options) ? open(request) : home.open(request)),
    openNative(source, options) {
      if (inWorker(options)) return null;
      if (limitOf(options) > 0) {
        throw new TypeError('The "statementTimeoutMs" option needs the "binding" option "worker"');
      }
      return home.openNative(source, options);
    },
  };
}

/** Whether a program asks for a process of its own. */
export function inWorker(options: unknown): boolean {
  if (typeof options !== "object" || options === null) return false;
  return (options as { readonly binding?: unknown }).binding === "worker";
}

const MOST_LIMIT_MS = 2 ** 31 - 1;

/** How long a statement may take; 0: as long as it likes. */
export function limitOf(options: unknown): number {
  const { statementTimeoutMs: limit } = (options ?? {}) as {
    readonly statementTimeoutMs?: unknown;
  };
  return limit === undefined ? 0 : checkedLimit(limit);
}

/** @throws DosqlError `invalid-argument` */
export function checkedLimit(limit: unknown): number {
  if (typeof limit === "number" && limit >= 0 && limit <= MOST_LIMIT_MS) return Math.ceil(limit);
  throw new DosqlError("invalid-argument", `not a time in milliseconds: ${String(limit)}`);
}

function nativeBindingOf({ nativeBinding }: OpenRequest["options"]): string | null {
  if (nativeBinding === undefined || nativeBinding === null) return null;
  if (typeof nativeBinding === "string") return nativeBinding;
  throw new TypeError(
    'Expected the "nativeBinding" option to be a string, as the "binding" option is "worker"',
  );
}
