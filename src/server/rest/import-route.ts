import { DosqlError } from "../../base/errors.ts";
import { json, succeeded } from "./envelope.ts";
import type { RestHost } from "./rest-host.ts";
import type { RestRequest } from "./rest-request.ts";
import { databaseOf, requireWriting, withDatabase } from "./rest-request.ts";
import { checkScript, newScript, signatureOf } from "./signed-path.ts";

/** `POST /d1/database/:id/import`: `init`, then a PUT of the script, then `ingest`. */
export async function importScript(request: RestRequest): Promise<Response> {
  requireWriting(request.access);
  const body = await request.body();
  switch (body["action"]) {
    case "init":
      return offerUpload(request);
    case "ingest":
      return ingest(request, body["filename"]);
    case "poll":
      // An import ends with the answer to `ingest`.
      return succeeded({ success: false, error: "Not currently importing anything." });
    default:
      throw new DosqlError("invalid-argument", "action is init, ingest or poll");
  }
}

async function offerUpload(request: RestRequest): Promise<Response> {
  const { host, base, account } = request;
  const { id } = await databaseOf(request);
  const script = newScript(host);
  const path = `/accounts/${account}/d1/database/${id}/upload/${script}`;
  const signature = await signatureOf(host, path);
  return succeeded({ upload_url: `${base}${path}?signature=${signature}`, filename: script });
}

async function ingest(request: RestRequest, filename: unknown): Promise<Response> {
  const script = checkScript(filename);
  return withDatabase(request, async (database) => {
    const report = await database.transfer.ingest(script);
    const meta = {
      served_by: "dosql",
      duration: report.durationMs,
      changes: report.rowsWritten,
      last_row_id: 0,
      changed_db: report.rowsWritten > 0,
      size_after: report.sizeBytes,
      rows_read: report.rowsRead,
      rows_written: report.rowsWritten,
    };
    return succeeded({
      success: true,
      type: "import",
      status: "complete",
      messages: [],
      errors: [],
      at_bookmark: report.bookmark,
      result: { num_queries: report.statements, final_bookmark: report.bookmark, meta },
    });
  });
}

/** The PUT that `init` gave the address of. Nothing holds more than a piece of it. */
export async function receiveUpload(
  request: RestRequest,
  script: string,
  body: AsyncIterable<Uint8Array>,
): Promise<Response> {
  const { host } = request;
  const etag = await withDatabase(request, (database) =>
    passing(host, body, (pieces) => database.transfer.receive(script, pieces)),
  );
  const response = json(200, { success: true });
  response.headers.set("etag", `"${etag}"`);
  return response;
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
