import { DosqlError } from "../../base/errors.ts";
import type { ExportOptions } from "../transfer/transfer.ts";
import { succeeded } from "./envelope.ts";
import type { RestRequest } from "./rest-request.ts";
import { databaseOf, withDatabase } from "./rest-request.ts";
import { newScript, signatureOf } from "./signed-path.ts";

/** `POST /d1/database/:id/export`: answers with the address that the script is fetched from. */
export async function exportScript(request: RestRequest): Promise<Response> {
  const { host, base, account } = request;
  const body = await request.body();
  const options = optionsOf(body["dump_options"]);
  const script = newScript(host);
  const bookmark = await withDatabase(request, async (database) => {
    await database.transfer.prepare(script, options);
    return (await database.state()).bookmark;
  });
  const { id, identity } = await databaseOf(request);
  const said = encodeURIComponent(JSON.stringify(options));
  const path = `/accounts/${account}/d1/database/${id}/download/${script}?options=${said}`;
  const signature = await signatureOf(host, path);
  return succeeded({
    success: true,
    type: "export",
    status: "complete",
    at_bookmark: bookmark,
    messages: [],
    result: {
      filename: `${identity.name}.sql`,
      signed_url: `${base}${path}&signature=${signature}`,
    },
  });
}

/** The GET that `export` gave the address of. */
export async function sendDownload(request: RestRequest, script: string): Promise<Response> {
  const found = await databaseOf(request);
  const database = await request.host.open(found);
  const options = optionsOf(JSON.parse(request.query.get("options") ?? "{}"));
  const pieces = database.transfer.exported(script, options)[Symbol.asyncIterator]();
  let ended = false;
  // A reader may go away while a piece is being made.
  const end = async (): Promise<void> => {
    if (ended) return;
    ended = true;
    await pieces.return?.();
    await database.close();
  };
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const piece = await pieces.next();
          if (piece.done !== true) {
            controller.enqueue(piece.value);
            return;
          }
          await end();
          controller.close();
        } catch (error) {
          // The reader sees a stream that breaks off, and not a short export.
          await end();
          throw error;
        }
      },
      cancel: end,
    },
    { highWaterMark: 1 },
  );
  return new Response(stream, {
    headers: { "content-type": "application/sql", "cache-control": "no-store" },
  });
}

function optionsOf(value: unknown): ExportOptions {
  const given = (value ?? {}) as Record<string, unknown>;
  // The address of a download carries them in our own words.
  if ("schema" in given) return given as unknown as ExportOptions;
  const { no_schema: noSchema, no_data: noData, tables = [] } = given;
  if (!Array.isArray(tables) || !tables.every((table) => typeof table === "string")) {
    throw new DosqlError("invalid-argument", "tables is a list of names");
  }
  if (noSchema === true && noData === true) {
    throw new DosqlError("invalid-argument", "no_schema and no_data leave nothing to export");
  }
  return { tables, schema: noSchema !== true, data: noData !== true };
}
