import { DosqlError } from "../../../base/errors.ts";
import { writeAcceptance, writeNegotiateProtocol, writeRefusal } from "../codec/backend.ts";
import { SESSION_OPTION } from "../../../engine/value-tag.ts";
import type { MessageReader } from "../codec/reader.ts";
import { NEWEST_PROTOCOL, readStartupPacket } from "../codec/startup-packet.ts";
import type { StartupPacket } from "../codec/startup-packet.ts";
import { pgFatal } from "../errors.ts";
import type { PgLimits } from "../limits.ts";
import type { Output } from "../output.ts";
import type { PgServerParts, PgTransport } from "../server-parts.ts";
import type { Work } from "../work.ts";

/** A conversation's two ends. */
export interface Channel {
  readonly reader: MessageReader;
  readonly output: Output;
  readonly limits: PgLimits;
}

/** What a client asked for in its startup packet. */
export interface Greeting {
  readonly protocol: number;
  readonly user: string;
  readonly database: string;
  /** The command line in `options`, which applies first. */
  readonly options: string;
  /** Settings that have a parameter of their own. */
  readonly settings: readonly (readonly [name: string, value: string])[];
  /** The client wants a session as SQLite has it. */
  readonly sqliteSession: boolean;
}

type StartupRequest = Extract<StartupPacket, { kind: "startup" }>;

/** Names the protocol option space: unknown names in it are answered, not refused. */
const PROTOCOL_OPTION = "_pq_.";

/** Waits for a startup packet, answering what may come before it; null when the client is done. */
export function* shakeHands(
  channel: Channel,
  parts: PgServerParts,
  transport: PgTransport,
): Work<Greeting | null> {
  const { reader, output, limits } = channel;
  const asked = new Set<StartupPacket["kind"]>();
  for (;;) {
    while (!reader.nextStartup(limits.startupBytes)) yield "input";
    const packet = readStartupPacket(reader.body);
    if (packet.kind === "startup") return greet(channel, packet);
    if (packet.kind === "cancel") {
      parts.cancels.cancel(packet.processId, packet.key);
      return null;
    }
    // Each may be asked once: nothing but the answer would ever come of asking again.
    if (asked.has(packet.kind)) throw new DosqlError("protocol", "repeated encryption request");
    asked.add(packet.kind);
    answerEncryption(channel, packet.kind, transport);
    output.want();
  }
}

function answerEncryption(
  { reader, output }: Channel,
  kind: "ssl" | "gssenc",
  { startTls }: PgTransport,
): void {
  if (kind === "gssenc" || startTls === undefined) {
    writeRefusal(output.writer);
    return;
  }
  // Bytes that came before the answer were not encrypted: somebody in between may have put them.
  if (reader.unread > 0) {
    throw pgFatal("08P01", "received unencrypted data after SSL request", {
      detail: "This could be either a client-software bug or evidence of an attempted attack.",
    });
  }
  writeAcceptance(output.writer);
  output.send();
  startTls();
}

function greet(channel: Channel, packet: StartupRequest): Greeting {
  negotiate(channel.output, packet);
  const given = new Map<string, string>();
  for (const [name, value] of packet.parameters) given.set(name, value);
  const user = given.get("user") ?? "";
  if (user === "") {
    throw pgFatal("28000", "no PostgreSQL user name specified in startup packet");
  }
  refuseReplication(given.get("replication"));
  const own = new Set(["user", "database", "options", "replication"]);
  const settings = [...given].filter(([name]) => {
    return !own.has(name) && !name.startsWith(PROTOCOL_OPTION);
  });
  return {
    protocol: Math.min(packet.protocol, NEWEST_PROTOCOL),
    user,
    database: given.get("database") || user,
    options: given.get("options") ?? "",
    settings,
    sqliteSession: given.has(SESSION_OPTION),
  };
}

function negotiate({ writer }: Output, { protocol, parameters }: StartupRequest): void {
  const [major, minor] = [protocol >>> 16, protocol & 0xffff];
  if (major !== NEWEST_PROTOCOL >>> 16) {
    throw pgFatal(
      "0A000",
      `unsupported frontend protocol ${major}.${minor}: server supports 3.0 to 3.2`,
    );
  }
  const unknown = parameters
    .map(([name]) => name)
    .filter((name) => name.startsWith(PROTOCOL_OPTION) && name !== SESSION_OPTION);
  if (protocol > NEWEST_PROTOCOL || unknown.length > 0) {
    writeNegotiateProtocol(writer, Math.min(protocol, NEWEST_PROTOCOL), unknown);
  }
}

function refuseReplication(value: string | undefined): void {
  if (value === undefined || /^(?:false|off|no|0)$/i.test(value)) return;
  throw pgFatal("0A000", "the replication protocol is not supported");
}
