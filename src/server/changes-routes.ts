import { DosqlError } from "../base/errors.ts";
import { toLsn } from "../base/lsn.ts";
import type { ChangeFeed, SlotOptions } from "../engine/feed/change-feed.ts";
import { readSubscription, slotStart } from "./changes-query.ts";
import { ChangeLines, changeStream } from "./changes-stream.ts";

/** `GET /v1/changes`: the feed as NDJSON, until the client or the server ends it. */
export function streamChanges(feed: ChangeFeed, url: URL): Response {
  const lines = new ChangeLines(feed, readSubscription(url.searchParams));
  return new Response(changeStream(lines), {
    headers: { "content-type": "application/x-ndjson", "cache-control": "no-store" },
  });
}

/** `GET /v1/slots`. */
export async function listSlots({ slots }: ChangeFeed): Promise<unknown> {
  return { slots: await slots.list() };
}

/** `POST /v1/slots` with `{ name, from, maxLag }`. */
export async function createSlot({ slots }: ChangeFeed, body: string): Promise<unknown> {
  const { name, from, maxLag } = readObject(body, ["name", "from", "maxLag"]);
  const options: SlotOptions = {
    ...(from === undefined
      ? {}
      : { from: slotStart(typeof from === "number" ? `${from}` : textField("from", from)) }),
    ...(maxLag === undefined || maxLag === null ? {} : { maxLag: numberField("maxLag", maxLag) }),
  };
  return await slots.create(textField("name", name), options);
}

/** `POST /v1/slots/confirm` with `{ name, lsn }`. */
export async function confirmSlot({ slots }: ChangeFeed, body: string): Promise<unknown> {
  const { name, lsn } = readObject(body, ["name", "lsn"]);
  const slot = textField("name", name);
  await slots.confirm(slot, toLsn(numberField("lsn", lsn)));
  return await slots.get(slot);
}

/** `DELETE /v1/slots?name=…`. */
export async function dropSlot({ slots }: ChangeFeed, url: URL): Promise<unknown> {
  await slots.drop(textField("name", url.searchParams.get("name") ?? undefined));
  return { slots: await slots.list() };
}

function readObject(body: string, names: readonly string[]): Record<string, unknown> {
  let value: unknown = null;
  try {
    value = JSON.parse(body);
  } catch {
    // Told below.
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new DosqlError("invalid-argument", "the body is no JSON object");
  }
  const unknown = Object.keys(value).find((key) => !names.includes(key));
  if (unknown === undefined) return value as Record<string, unknown>;
  throw new DosqlError("invalid-argument", `there is no field "${unknown}"`, {
    hint: `one of ${names.join(", ")}`,
  });
}

function textField(name: string, value: unknown): string {
  if (typeof value === "string" && value !== "") return value;
  throw new DosqlError("invalid-argument", `${name} is missing, or no text`);
}

function numberField(name: string, value: unknown): number {
  if (typeof value === "number") return value;
  throw new DosqlError("invalid-argument", `${name} is missing, or no number`);
}
