import { DosqlError } from "../../base/errors.ts";
import type { ExportOptions } from "../transfer/transfer.ts";
import { succeeded, unauthenticated } from "./envelope.ts";
import type { RestRequest } from "./rest-request.ts";
import { databaseOf, withDatabase } from "./rest-request.ts";
import { newScript, signedAddress } from "./signed-path.ts";

/** `POST /d1/database/:id/export`: answers with the address that the script is fetched from. */
export async function exportScript(request: RestRequest): Promise<Response> {
  const { host, base, account, body } = request;
  const format = body["output_format"] ?? "polling";
  if (format !== "polling") throw new DosqlError("invalid-argument", "output_format is polling");
  const options = optionsOf(body["dump_options"]);
  const script = newScript(host);
  const { bookmark, id, identity } = await withDatabase(request, async (database, found) => {
    await database.transfer.prepare(script, options);
    return { bookmark: (await database.state()).bookmark, ...found };
  });
  const path = `/accounts/${account}/d1/database/${id}/download/${script}`;
  const address = await signedAddress(host, base, path, {
    epoch: String(identity.epoch),
    options: JSON.stringify(options),
  });
  return succeeded({
    success: true,
    type: "export",
    status: "complete",
    at_bookmark: bookmark,
    messages: [],
    result: {
      filename: `${identity.name}.sql`,
      signed_url: address,
    },
  });
}

/** The GET that `export` gave the address of. */
export async function sendDownload(request: RestRequest, script: string): Promise<Response> {
  const found = await databaseOf(request);
  if (request.query.get("epoch") !== String(found.identity.epoch)) return unauthenticated();
  const database = await request.host.open(found);
  // They are signed, so they are ours.
  const options = JSON.parse(request.query.get("options") ?? "") as ExportOptions;
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

/** @throws DosqlError `invalid-argument` for what are no options of D1's */
function optionsOf(value: unknown): ExportOptions {
  const given = value ?? {};
  if (typeof given !== "object" || Array.isArray(given)) throw wrong("dump_options is an object");
  const { no_schema: noSchema, no_data: noData, tables, ...more } = given as DumpOptions;
  const [unknown] = Object.keys(more);
  if (unknown !== undefined) throw wrong(`dump_options has no ${unknown}`);
  for (const [name, flag] of Object.entries({ no_schema: noSchema, no_data: noData })) {
    if (!isAbsent(flag) && typeof flag !== "boolean") throw wrong(`${name} is true or false`);
  }
  const names = isAbsent(tables) ? [] : tables;
  if (!Array.isArray(names) || !names.every((name) => typeof name === "string")) {
    throw wrong("tables is a list of names");
  }
  if (noSchema === true && noData === true) {
    throw wrong("no_schema and no_data leave nothing to export");
  }
  return { tables: names, schema: noSchema !== true, data: noData !== true };
}

/** As they come. */
interface DumpOptions {
  readonly no_schema?: unknown;
  readonly no_data?: unknown;
  readonly tables?: unknown;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function wrong(message: string): DosqlError {
  return new DosqlError("invalid-argument", message);
}
