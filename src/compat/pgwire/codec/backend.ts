import type { ErrorReport } from "../errors.ts";
import type { Writer } from "./writer.ts";

/** Type bytes of messages that a server sends. */
const BackendCode = {
  authentication: 0x52,
  backendKeyData: 0x4b,
  bindComplete: 0x32,
  closeComplete: 0x33,
  commandComplete: 0x43,
  emptyQueryResponse: 0x49,
  errorResponse: 0x45,
  negotiateProtocolVersion: 0x76,
  noData: 0x6e,
  noticeResponse: 0x4e,
  parameterDescription: 0x74,
  parameterStatus: 0x53,
  parseComplete: 0x31,
  portalSuspended: 0x73,
  readyForQuery: 0x5a,
  rowDescription: 0x54,
} as const;

/** Kinds of the authentication message. */
export const AuthenticationCode = {
  ok: 0,
  cleartext: 3,
  md5: 5,
  sasl: 10,
  saslContinue: 11,
  saslFinal: 12,
} as const;

/** Where the session stands, as ReadyForQuery says it: idle, in a block, in a failed block. */
export type ReadyStatus = "I" | "T" | "E";

/** One byte, and no message: the answer to SSLRequest and GSSENCRequest. */
export function writeRefusal(writer: Writer): void {
  writer.byte(0x4e);
}

export function writeAcceptance(writer: Writer): void {
  writer.byte(0x53);
}

export function writeAuthentication(writer: Writer, code: number, data?: Uint8Array): void {
  writer.begin(BackendCode.authentication);
  writer.int32(code);
  if (data !== undefined) writer.bytes(data);
  writer.end();
}

/** Names the SASL mechanisms to choose from. */
export function writeSaslMechanisms(writer: Writer, names: readonly string[]): void {
  writer.begin(BackendCode.authentication);
  writer.int32(AuthenticationCode.sasl);
  for (const name of names) writer.cstring(name);
  writer.byte(0);
  writer.end();
}

export function writeParameterStatus(writer: Writer, name: string, value: string): void {
  writer.begin(BackendCode.parameterStatus);
  writer.cstring(name);
  writer.cstring(value);
  writer.end();
}

export function writeBackendKeyData(writer: Writer, processId: number, key: Uint8Array): void {
  writer.begin(BackendCode.backendKeyData);
  writer.int32(processId);
  writer.bytes(key);
  writer.end();
}

/** The version that will be spoken, and the `_pq_.` options that nobody here knows. */
export function writeNegotiateProtocol(
  writer: Writer,
  protocol: number,
  unknownOptions: readonly string[],
): void {
  writer.begin(BackendCode.negotiateProtocolVersion);
  writer.int32(protocol);
  writer.int32(unknownOptions.length);
  for (const name of unknownOptions) writer.cstring(name);
  writer.end();
}

export function writeReadyForQuery(writer: Writer, status: ReadyStatus): void {
  writer.begin(BackendCode.readyForQuery);
  writer.byte(status.charCodeAt(0));
  writer.end();
}

export function writeParseComplete(writer: Writer): void {
  writer.begin(BackendCode.parseComplete);
  writer.end();
}

export function writeBindComplete(writer: Writer): void {
  writer.begin(BackendCode.bindComplete);
  writer.end();
}

export function writeCloseComplete(writer: Writer): void {
  writer.begin(BackendCode.closeComplete);
  writer.end();
}

export function writeNoData(writer: Writer): void {
  writer.begin(BackendCode.noData);
  writer.end();
}

export function writePortalSuspended(writer: Writer): void {
  writer.begin(BackendCode.portalSuspended);
  writer.end();
}

export function writeEmptyQuery(writer: Writer): void {
  writer.begin(BackendCode.emptyQueryResponse);
  writer.end();
}

export function writeCommandComplete(writer: Writer, tag: string): void {
  writer.begin(BackendCode.commandComplete);
  writer.cstring(tag);
  writer.end();
}

export function writeParameterDescription(writer: Writer, oids: readonly number[]): void {
  writer.begin(BackendCode.parameterDescription);
  writer.int16(oids.length);
  for (const oid of oids) writer.int32(oid);
  writer.end();
}

/** One column of a RowDescription. Our columns have no table id: there is no pg_class yet. */
export interface FieldDescription {
  readonly name: string;
  readonly oid: number;
  readonly sizeBytes: number;
  readonly format: number;
}

export function writeRowDescription(writer: Writer, fields: readonly FieldDescription[]): void {
  writer.begin(BackendCode.rowDescription);
  writer.int16(fields.length);
  for (const field of fields) {
    writer.cstring(field.name);
    writer.int32(0);
    writer.int16(0);
    writer.int32(field.oid);
    writer.int16(field.sizeBytes);
    writer.int32(-1);
    writer.int16(field.format);
  }
  writer.end();
}

/** An ErrorResponse, or a NoticeResponse for what is only told. */
export function writeReport(writer: Writer, report: ErrorReport): void {
  const { severity } = report;
  const isError = severity === "ERROR" || severity === "FATAL";
  writer.begin(isError ? BackendCode.errorResponse : BackendCode.noticeResponse);
  // `S` may be localised and `V` never is; we speak one language.
  writeField(writer, "S", severity);
  writeField(writer, "V", severity);
  writeField(writer, "C", report.sqlState);
  writeField(writer, "M", report.message);
  writeField(writer, "D", report.detail);
  writeField(writer, "H", report.hint);
  if (report.position !== undefined) writeField(writer, "P", String(report.position));
  writeField(writer, "W", report.where);
  writeField(writer, "t", report.table);
  writeField(writer, "c", report.column);
  writeField(writer, "n", report.constraint);
  writer.byte(0);
  writer.end();
}

function writeField(writer: Writer, letter: string, value: string | undefined): void {
  if (value === undefined) return;
  writer.byte(letter.charCodeAt(0));
  writer.cstring(value);
}
