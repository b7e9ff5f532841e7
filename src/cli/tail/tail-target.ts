import { DosqlError } from "../../base/errors.ts";
import type { ChangeSource } from "../../ports/change-source.ts";
import type { OwnerRecord } from "../../server/data-folder.ts";
import type { CliHost } from "../host.ts";
import type { ParsedArguments } from "../option-parser.ts";

/** Where changes come from, each time anew: a server may come back at another address. */
export interface TailTarget {
  /** @throws DosqlError */
  open(): Promise<ChangeSource>;
  /** As `open`, but only of a server: null while there is none. */
  reopen(): Promise<ChangeSource | null>;
}

/**
 * Reads which database is meant.
 *
 * @throws DosqlError `invalid-argument` when several are
 */
export function tailTarget(given: ParsedArguments, host: CliHost): TailTarget {
  const url = given.text("url");
  const data = given.text("data");
  if (url === undefined) return folderTarget(host, data ?? "./data");
  if (data !== undefined) {
    throw new DosqlError("invalid-argument", "name one database: --data or --url");
  }
  const open = async (): Promise<ChangeSource> => host.openChanges(url, urlToken(host));
  return { open, reopen: open };
}

function folderTarget(host: CliHost, data: string): TailTarget {
  return {
    async open() {
      const owner = ownerOf(host, data);
      return owner === null ? host.openLocalChanges(data) : serverOf(host, data, owner);
    },
    async reopen() {
      const owner = ownerOf(host, data);
      // A process that has just begun to own it may not serve yet.
      if (owner === null || owner === "unknown" || owner.httpUrl === undefined) return null;
      return serverOf(host, data, owner);
    },
  };
}

function ownerOf(host: CliHost, data: string): OwnerRecord | "unknown" | null {
  return host.files.info(data)?.kind === "folder" ? host.folderOwner(data) : null;
}

/**
 * The changes of the server that owns a folder.
 *
 * @throws DosqlError `owned` when its owner does not serve
 */
export async function serverOf(
  host: CliHost,
  data: string,
  owner: OwnerRecord | "unknown",
): Promise<ChangeSource> {
  if (owner === "unknown") {
    throw new DosqlError("owned", `${data} is owned by another process`);
  }
  if (owner.httpUrl === undefined) {
    throw new DosqlError("owned", `${data} is owned by process ${owner.pid}, which embeds it`, {
      hint: "let that process serve it too: serve() of dosql/server, or subscribe inside of it",
    });
  }
  const token = host.files.readText(host.files.join(data, "token"))?.trim();
  if (token !== undefined) return host.openChanges(owner.httpUrl, token);
  throw new DosqlError("bad-file", `${data} holds no token for its server`);
}

function urlToken(host: CliHost): string {
  const token = host.environment("DOSQL_TOKEN");
  if (token !== undefined && token !== "") return token;
  throw new DosqlError("authentication", "the server wants a token", {
    hint: "it lies in the file `token` of its data folder; give it in DOSQL_TOKEN",
  });
}
