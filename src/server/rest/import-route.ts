import { DosqlError } from "../../base/errors.ts";
import type { ImportStep, UploadPart } from "../transfer/transfer.ts";
import { notImporting } from "../transfer/import-runs.ts";
import { json, succeeded, unauthenticated } from "./envelope.ts";
import type { RestHost } from "./rest-host.ts";
import type { RestRequest } from "./rest-request.ts";
import { databaseOf, requireWriting, withDatabase } from "./rest-request.ts";
import { checkScript, newScript, signedAddress } from "./signed-path.ts";

/** `POST /d1/database/:id/import`: `init`, then a PUT of the script, then `ingest`. */
export async function importScript(request: RestRequest): Promise<Response> {
  requireWriting(request.access);
  const body = request.body;
  switch (body["action"]) {
    case "init":
      return offerUpload(request);
    case "ingest":
      return ingest(request, body["filename"]);
    case "poll":
      return poll(request, body["current_bookmark"]);
    default:
      throw new DosqlError("invalid-argument", "action is init, ingest or poll");
  }
}

async function offerUpload(request: RestRequest): Promise<Response> {
  const { host, base, account } = request;
  const { id, identity } = await databaseOf(request);
  const script = newScript(host);
  const path = `/accounts/${account}/d1/database/${id}/upload/${script}`;
  const epoch = String(identity.epoch);
  const address = await signedAddress(host, base, path, { epoch });
  return succeeded({ upload_url: address, filename: script });
}

async function ingest(request: RestRequest, filename: unknown): Promise<Response> {
  const script = checkScript(filename);
  return withDatabase(request, async ({ transfer }) => {
    try {
      return answered(script, await transfer.ingest(script));
    } catch (error) {
      if (!(error instanceof DosqlError) || error.code !== "busy") throw error;
      return succeeded({ success: false, error: BUSY });
    }
  });
}

/** D1's words for who is to wait; its clients know them, and `wrangler` prints them. */
const BUSY =
  "Currently processing a long-running import. Cannot start another import until that completes " +
  "or times out.";

/** What D1 calls a bookmark here is the script's name: so each client asks for its own import. */
async function poll(request: RestRequest, bookmark: unknown): Promise<Response> {
  return withDatabase(request, async ({ transfer }) => {
    try {
      const script = checkScript(bookmark);
      return answered(script, await transfer.poll(script));
    } catch (error) {
      const isUnknown = error instanceof DosqlError && UNKNOWN.has(error.code);
      if (!isUnknown) throw error;
      return succeeded({ success: false, error: notImporting().message });
    }
  });
}

const UNKNOWN: ReadonlySet<string> = new Set(["not-found", "invalid-argument"]);

function answered(script: string, step: ImportStep): Response {
  const head = { success: true, type: "import", messages: [], errors: [] };
  if (step === null) return succeeded({ ...head, status: "active", at_bookmark: script });
  const meta = {
    served_by: "dosql",
    duration: step.durationMs,
    changes: step.rowsWritten,
    last_row_id: 0,
    changed_db: step.rowsWritten > 0,
    size_after: step.sizeBytes,
    rows_read: step.rowsRead,
    rows_written: step.rowsWritten,
  };
  const { bookmark } = step;
  const result = { num_queries: step.statements, final_bookmark: bookmark, meta };
  return succeeded({ ...head, status: "complete", at_bookmark: bookmark, result });
}

/** The PUT that `init` gave the address of. Nothing holds more than a piece of it. */
export async function receiveUpload(
  request: RestRequest,
  script: string,
  upload: { readonly body: AsyncIterable<Uint8Array>; readonly range: string | null },
): Promise<Response> {
  const { lengthBytes, ...part } = partOf(upload.range);
  const body = lengthBytes === null ? upload.body : exactly(upload.body, lengthBytes);
  const { host, query } = request;
  const etag = await withDatabase(request, async ({ transfer }, { identity }) =>
    query.get("epoch") === String(identity.epoch)
      ? passing(host, body, (pieces) => transfer.receive(script, pieces, part))
      : null,
  );
  if (etag === null) return unauthenticated();
  const response = json(200, { success: true });
  response.headers.set("etag", `"${etag}"`);
  return response;
}

/**
 * An upload of several parts says where each belongs, as in `content-range: bytes 0-99/*`; the last
 * one knows the whole length. So a long script gets past what lies before the server.
 */
function partOf(range: string | null): UploadPart & { readonly lengthBytes: number | null } {
  if (range === null) return { at: 0, isLast: true, lengthBytes: null };
  const [, from = "", to = "", length = ""] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(range) ?? [];
  const isLast = length !== "*";
  if (from === "" || Number(to) < Number(from) || (isLast && Number(length) !== Number(to) + 1)) {
    throw new DosqlError("invalid-argument", `content-range cannot be ${range}`, {
      hint: "bytes 0-1048575/* for a part, bytes 1048576-1048600/1048601 for the last one",
    });
  }
  return { at: Number(from), isLast, lengthBytes: Number(to) - Number(from) + 1 };
}

/** @throws DosqlError `invalid-argument` for a body of another length than was said */
async function* exactly(
  body: AsyncIterable<Uint8Array>,
  lengthBytes: number,
): AsyncGenerator<Uint8Array> {
  let left = lengthBytes;
  for await (const piece of body) {
    left -= piece.length;
    yield piece;
  }
  if (left === 0) return;
  throw new DosqlError("invalid-argument", "content-range says another length than the part has");
}

/** Hands the pieces on, and answers with their MD5. */
async function passing(
  host: RestHost,
  body: AsyncIterable<Uint8Array>,
  take: (pieces: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<string> {
  const hash = host.md5();
  const hashed = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of body) {
      await hash.update(piece);
      yield piece;
    }
  };
  await take(hashed());
  return await hash.end();
}
