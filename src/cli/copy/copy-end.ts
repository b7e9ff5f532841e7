import { DosqlError } from "../../base/errors.ts";
import type { SqlClient } from "../../ports/sql-client.ts";
import { runStatements } from "../../server/dump/copy.ts";
import type { DumpStatement } from "../../server/dump/dump.ts";
import type { RestPlace } from "../../server/rest/rest-client.ts";
import { databaseIdBy, importByRest, restClient } from "../../server/rest/rest-client.ts";
import { runScript } from "../../server/script/run-script.ts";
import type { CliHost } from "../host.ts";

const CLOUDFLARE_API = "https://api.cloudflare.com/client/v4";
/** Pieces of a script that is sent. */
const PIECE_LENGTH = 256 * 1024;

/** One side of a copy. */
export interface CopyEnd {
  readonly client: SqlClient;
  /** Takes only what D1 takes: no `user_version`, no statistics. */
  readonly portable: boolean;
  /** Runs statements, all or nothing; true when the user stopped it. */
  load(statements: AsyncIterable<DumpStatement>, progress: LoadProgress): Promise<boolean>;
}

/** Told of the rows that were written; true stops. */
export type LoadProgress = (rows: number) => Promise<boolean>;

/**
 * Opens what is copied from.
 *
 * @throws DosqlError `invalid-argument`, `bad-file`, and what opening throws
 */
export async function openSource(host: CliHost, text: string): Promise<CopyEnd> {
  const known = await openPlace(host, text);
  if (known !== null) return known;
  const info = host.files.info(text);
  if (info === null) throw new DosqlError("bad-file", `${text} does not exist`);
  if (info.kind === "folder") return local(await openPath(host, text, "folder", false));
  if (/\.sql$/i.test(text)) return local(await scriptClient(host, text));
  return local(host.openSqlite(text, "read"));
}

/**
 * Opens what is copied to. A data folder is made when it is missing.
 *
 * @throws DosqlError `invalid-argument`, and what opening throws
 */
export async function openCopyTarget(host: CliHost, text: string): Promise<CopyEnd> {
  if (text.startsWith("d1:")) {
    throw new DosqlError("invalid-argument", "a D1 database cannot be the target of a copy", {
      hint: "export a script, and give it to wrangler d1 execute --file",
    });
  }
  const known = await openPlace(host, text);
  if (known !== null) return known;
  if (/\.sql$/i.test(text)) {
    throw new DosqlError("invalid-argument", "a script cannot be the target of a copy", {
      hint: "write one by dosql export",
    });
  }
  const isFile = host.files.info(text)?.kind === "file";
  return local(await openPath(host, text, isFile ? "file" : "folder", !isFile));
}

async function openPlace(host: CliHost, text: string): Promise<CopyEnd | null> {
  if (/^postgres(?:ql)?:\/\//i.test(text)) {
    const notice = (message: string): void => void host.err.write(`notice: ${message}\n`);
    return local(await host.openRemote(text, notice));
  }
  const place = text.startsWith("d1:") ? cloudflarePlace(host, text) : serverPlace(host, text);
  if (place === null) return null;
  const database = await databaseIdOf(host, place, text.startsWith("d1:"));
  return remote(host, { ...place, database });
}

/** Cloudflare's own API knows databases by their ids only. */
async function databaseIdOf(host: CliHost, place: RestPlace, ask: boolean): Promise<string> {
  return ask ? databaseIdBy(host, place) : place.database;
}

function cloudflarePlace(host: CliHost, text: string): RestPlace {
  return {
    base: (host.environment("CLOUDFLARE_API_BASE_URL") ?? CLOUDFLARE_API).replace(/\/$/, ""),
    account: needed(host, "CLOUDFLARE_ACCOUNT_ID"),
    database: text.slice("d1:".length),
    token: needed(host, "CLOUDFLARE_API_TOKEN"),
    label: text,
  };
}

/** `https://host/name`; without a name `main`. */
function serverPlace(host: CliHost, text: string): RestPlace | null {
  if (!/^https?:\/\//i.test(text)) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  const name = url?.pathname.replace(/^\/|\/$/g, "") ?? "/";
  if (url === null || name.includes("/") || url.search !== "" || url.hash !== "") {
    throw new DosqlError("invalid-argument", `${text} is no address of a DoSQL server`, {
      hint: "as in https://shop.example.com, or https://shop.example.com/name-of-a-database",
    });
  }
  return {
    base: `${url.origin}/client/v4`,
    account: host.environment("CLOUDFLARE_ACCOUNT_ID") ?? "any",
    database: name === "" ? "main" : decodeURIComponent(name),
    token: needed(host, "DOSQL_TOKEN"),
    label: text,
  };
}

function needed(host: CliHost, name: string): string {
  const value = host.environment(name) ?? "";
  if (value !== "") return value;
  throw new DosqlError("invalid-argument", `the variable ${name} is missing`, {
    hint: `set it, as in export ${name}=…`,
  });
}

function openPath(
  host: CliHost,
  path: string,
  kind: "file" | "folder",
  create: boolean,
): Promise<SqlClient> {
  return host.openLocal({ kind, path, create, cancellable: false });
}

/** A script becomes a database that nobody else sees, and that is gone afterwards. */
async function scriptClient(host: CliHost, path: string): Promise<SqlClient> {
  const client = host.openSqlite("", "create");
  await client.run("PRAGMA foreign_keys = OFF");
  const progress = async (): Promise<boolean> => {
    await host.pause();
    return false;
  };
  const { failure } = await runScript(client, host.fileChunks(path), { atomic: true, progress });
  if (failure === undefined) return client;
  await client.close();
  const { error, place } = failure;
  throw new DosqlError(error.code, `${path}, line ${place.line}: ${error.message}`, {
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...(error.sqlite === undefined ? {} : { sqlite: error.sqlite }),
  });
}

function local(client: SqlClient): CopyEnd {
  return {
    client,
    portable: false,
    async load(statements, progress) {
      return (await runStatements(client, statements, progress)).result === "stopped";
    },
  };
}

function remote(host: CliHost, place: RestPlace): CopyEnd {
  return {
    client: restClient(host, place),
    portable: true,
    async load(statements, progress) {
      const pieces = scriptOf(statements, progress);
      try {
        await importByRest(host, place, pieces);
        return false;
      } catch (error) {
        if (error instanceof DosqlError && error.code === "canceled") return true;
        throw error;
      }
    },
  };
}

async function* scriptOf(
  statements: AsyncIterable<DumpStatement>,
  progress: LoadProgress,
): AsyncGenerator<Uint8Array> {
  const utf8 = new TextEncoder();
  let text = "PRAGMA foreign_keys = OFF;\n";
  let done = 0;
  for await (const { sql, rows } of statements) {
    text += `${sql};\n`;
    done += rows;
    if (await progress(done)) throw new DosqlError("canceled", "the copy was stopped");
    if (text.length < PIECE_LENGTH) continue;
    yield utf8.encode(text);
    text = "";
  }
  yield utf8.encode(text);
}
