import { Readable } from "node:stream";
import { DosqlError } from "../../../base/errors.ts";
import type { HttpFetch } from "../../../ports/http-fetch.ts";

/** `HttpFetch` by Node's own fetch. */
export const nodeFetch: HttpFetch = async (url, { method, headers, body }) => {
  const sent =
    typeof body === "string" || body === undefined ? body : Readable.toWeb(readable(body));
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: "error",
      ...(sent === undefined ? {} : { body: sent as never, duplex: "half" as const }),
    });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    // What the body threw says more than that the request failed.
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    if (cause instanceof DosqlError) throw cause;
    const text = cause instanceof Error ? cause.message || cause.name : String(cause);
    throw new DosqlError("address", `${new URL(url).origin} cannot be reached: ${text}`, { cause });
  }
};

function readable(body: AsyncIterable<Uint8Array>): Readable {
  // Buffers, not single objects: so that it waits for who reads.
  return Readable.from(body, { objectMode: false, highWaterMark: 1024 * 1024 });
}
