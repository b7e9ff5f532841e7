import type { DatabaseId } from "../../base/database-id.ts";
import { DosqlError } from "../../base/errors.ts";
import type { FoundDatabase } from "../directory/directory.ts";
import { succeeded } from "./envelope.ts";
import type { Access } from "./rest-host.ts";
import type { RestRequest } from "./rest-request.ts";
import { countOf, databaseOf, reaches, requireWriting, withDatabase } from "./rest-request.ts";

/** As many as D1 allows. */
const MAX_PAGE = 10_000;
const DEFAULT_PAGE = 1_000;

/** `GET /d1/database`: by page, as in D1, or by the cursor that each page brings. */
export async function listDatabases(request: RestRequest): Promise<Response> {
  const { host, account, access, query } = request;
  const page = countOf(query, "page", 1);
  const perPage = Math.min(MAX_PAGE, countOf(query, "per_page", DEFAULT_PAGE));
  const prefix = query.get("name") ?? "";
  const cursor = query.get("cursor");
  let after = cursor ?? "";
  let skip = cursor === null ? (page - 1) * perPage : 0;
  const shown: { name: string; id: DatabaseId; createdMs: number; sizeBytes: number }[] = [];
  let next: string | null = after;
  while (next !== null && shown.length < perPage) {
    // What is skipped is walked in large steps: the names before a page have to be counted.
    const limit: number = skip > 0 ? Math.min(MAX_PAGE, skip) : perPage - shown.length;
    // A token of some databases costs what those cost.
    const names = access.databases;
    const part = await host.directory.list(account, { prefix, after, limit, names });
    const visible = part.entries.filter(({ name }) => reaches(access, name));
    const skipped = Math.min(skip, visible.length);
    skip -= skipped;
    shown.push(...visible.slice(skipped));
    next = part.next;
    after = next ?? after;
  }
  const counted = next === null ? { total_count: (page - 1) * perPage + shown.length } : {};
  const info = { page, per_page: perPage, count: shown.length, ...counted };
  return succeeded(
    shown.map((entry) => described(entry.id, entry.name, entry.createdMs, entry.sizeBytes)),
    next === null ? info : { ...info, cursor: next },
  );
}

/** `POST /d1/database`. */
export async function createDatabase(request: RestRequest): Promise<Response> {
  const { host, account, access } = request;
  requireWriting(access);
  const { name, ...hints } = request.body;
  const unknown = Object.keys(hints).filter((key) => !LOCATION_HINTS.has(key));
  if (unknown.length > 0) {
    throw new DosqlError("unsupported", `a database has no ${unknown.join(", ")}`);
  }
  requireAll(access);
  const { id, identity } = await host.directory.create(account, name);
  return succeeded(described(id, identity.name, identity.createdMs, 0));
}

/** Names are made and freed for all accounts, so a token of some databases may not. */
function requireAll({ databases }: Access): void {
  if (databases === null) return;
  throw new DosqlError("permission", "this token is for some databases only", {
    hint: "creating and deleting takes a token for all",
  });
}

/** Where D1 would put it. The object's own home decides here, as D1 may. */
const LOCATION_HINTS: ReadonlySet<string> = new Set(["primary_location_hint"]);

/** `GET /d1/database/:id`, by id or by name. */
export async function describeDatabase(request: RestRequest): Promise<Response> {
  if (request.query.get("fields") === "uuid,name") {
    const { id, identity } = await databaseOf(request);
    return succeeded({ uuid: id, name: identity.name });
  }
  return withDatabase(request, async (database, found) => {
    const { sizeBytes, tables } = await database.state();
    const { id, identity } = found;
    if (!request.access.readOnly) await noteSize(request, found, sizeBytes);
    const whole = described(id, identity.name, identity.createdMs, sizeBytes);
    return succeeded({ ...whole, num_tables: tables, read_replication: { mode: "disabled" } });
  });
}

/** `DELETE /d1/database/:id`. */
export async function deleteDatabase(request: RestRequest): Promise<Response> {
  requireWriting(request.access);
  requireAll(request.access);
  const { id } = await databaseOf(request);
  await request.host.directory.remove(request.account, id);
  return succeeded(null);
}

/** A size in the catalog is a hint: without the catalog there is none. */
async function noteSize(
  { host }: RestRequest,
  found: FoundDatabase,
  sizeBytes: number,
): Promise<void> {
  await host.directory.noteSize(found, sizeBytes).catch(() => undefined);
}

function described(
  id: DatabaseId,
  name: string,
  createdMs: number,
  sizeBytes: number,
): Record<string, unknown> {
  return {
    uuid: id,
    name,
    created_at: new Date(createdMs).toISOString(),
    // Clients ask D1's alpha databases for nothing.
    version: "production",
    file_size: sizeBytes,
  };
}
