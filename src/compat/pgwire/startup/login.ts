import { writeBackendKeyData, writeParameterStatus } from "../codec/backend.ts";
import { authenticate } from "../auth/authenticate.ts";
import type { Role } from "../auth/authenticator.ts";
import type { CancelHandle } from "../cancel-registry.ts";
import { PgError, pgFatal, pgNotice } from "../errors.ts";
import type { PgServerParts, PgTransport } from "../server-parts.ts";
import type { Database } from "../../../engine/session/session.ts";
import type { Settings } from "../settings/settings.ts";
import { settled } from "../work.ts";
import type { Work } from "../work.ts";
import { parseCommandLine } from "./command-line.ts";
import { shakeHands } from "./handshake.ts";
import type { Channel, Greeting } from "./handshake.ts";

/** Protocol 3.0 and 3.1 have room for four bytes; since 3.2 a key may be as long as it should. */
const SHORT_KEY_BYTES = 4;
const LONG_KEY_BYTES = 32;
const LONG_KEY_PROTOCOL = 0x0003_0002;

/** Somebody who proved who they are. */
export interface Login {
  readonly user: string;
  readonly databaseName: string;
  readonly database: Database;
  readonly cancelHandle: CancelHandle;
  /** See `Greeting`. */
  readonly sqliteSession: boolean;
}

/**
 * Everything before the first ReadyForQuery. Null: the client wanted no session (it asked to
 * cancel another one's statement).
 */
export function* logIn(
  channel: Channel,
  parts: PgServerParts,
  transport: PgTransport,
  settings: Settings,
  cancel: () => void,
): Work<Login | null> {
  const greeting = yield* shakeHands(channel, parts, transport);
  if (greeting === null) return null;
  const { user, database: databaseName } = greeting;
  const { peer } = transport;
  const role = yield* authenticate(channel, parts, { user, database: databaseName, peer });
  const database = yield* settled(parts.databases(databaseName));
  if (database === null) throw pgFatal("3D000", `database "${databaseName}" does not exist`);
  const given = [...parseCommandLine(greeting.options), ...greeting.settings];
  applySettings(settings, given, greeting.user, role);
  const keyBytes = greeting.protocol >= LONG_KEY_PROTOCOL ? LONG_KEY_BYTES : SHORT_KEY_BYTES;
  const cancelHandle = parts.cancels.register(keyBytes, cancel);
  welcome(channel, settings, cancelHandle);
  if (!given.some(([name]) => name.toLowerCase() === "dosql.dialect")) tellDialect(channel);
  const { sqliteSession } = greeting;
  return { user, databaseName, database, cancelHandle, sqliteSession };
}

/** Applies what the startup packet sets; what may not be set so ends the connection. */
function applySettings(
  settings: Settings,
  given: Greeting["settings"],
  user: string,
  role: Role,
): void {
  settings.assign("session_authorization", user);
  settings.assign("is_superuser", role.superuser ? "on" : "off");
  try {
    for (const [name, value] of given) settings.set(name, value, false);
  } catch (error) {
    if (!(error instanceof PgError)) throw error;
    throw new PgError({ ...error.report, severity: "FATAL" });
  }
  settings.started();
}

function welcome({ output }: Channel, settings: Settings, { processId, key }: CancelHandle): void {
  for (const [name, value] of settings.news()) writeParameterStatus(output.writer, name, value);
  writeBackendKeyData(output.writer, processId, key);
}

function tellDialect({ output }: Channel): void {
  output.report(
    pgNotice("NOTICE", "00000", "this session speaks SQLite's SQL", {
      detail:
        "Postgres' dialect will become the default when it exists; " +
        "until then a connection that names no dialect may come to be refused.",
      hint: "Say which one you speak: options=-c dosql.dialect=sqlite",
    }),
  );
}
