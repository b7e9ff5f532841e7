import type { Session } from "../../engine/session/session.ts";
import { MessageReader } from "./codec/reader.ts";
import { reportOf } from "./error-report.ts";
import { pgError, pgFatal } from "./errors.ts";
import type { ErrorReport } from "./errors.ts";
import { DEFAULT_LIMITS, INPUT_HIGH_WATER_BYTES } from "./limits.ts";
import { Output } from "./output.ts";
import type { PgServerParts, PgTransport } from "./server-parts.ts";
import { IdleTimer } from "./session/idle-timer.ts";
import { PgSession } from "./session/pg-session.ts";
import { SqliteSession } from "./sqlite-session/sqlite-session.ts";
import { Settings } from "./settings/settings.ts";
import { durationMs } from "./settings/values.ts";
import type { Channel } from "./startup/handshake.ts";
import { logIn } from "./startup/login.ts";
import type { Wait, Work } from "./work.ts";

/**
 * One client of the Postgres protocol: bytes in by `receive`, bytes out through the sink, no
 * I/O of its own. Nothing is ever thrown to the transport: what goes wrong is told to the
 * client, and what cannot be mended ends the connection through `sink.end()`.
 *
 * @example
 * const connection = new PgConnection(parts, {
 *   peer: { loopback: isLoopback(socket.remoteAddress) },
 *   sink: {
 *     write: (bytes) => socket.write(bytes),
 *     end: () => socket.end(),
 *     pauseInput: () => socket.pause(),
 *     resumeInput: () => socket.resume(),
 *   },
 * });
 * socket.on("data", (chunk) => connection.receive(chunk));
 * socket.on("drain", () => connection.drained());
 * socket.on("close", () => connection.closed());
 */
export class PgConnection {
  readonly #parts: PgServerParts;
  readonly #transport: PgTransport;
  readonly #channel: Channel;
  readonly #settings: Settings;
  readonly #idle: IdleTimer;
  readonly #conversation: Work;
  #session: Session | null = null;
  #releaseCancel: (() => void) | null = null;
  #stopTimeout: (() => void) | null;
  #waiting: Wait | null = null;
  #running = false;
  #paused = false;
  #over = false;

  constructor(parts: PgServerParts, transport: PgTransport) {
    this.#parts = parts;
    this.#transport = transport;
    const limits = { ...DEFAULT_LIMITS, ...parts.limits };
    this.#channel = { reader: new MessageReader(), output: new Output(transport.sink), limits };
    this.#idle = new IdleTimer(parts.clock, (error) => {
      this.terminate(error.report);
    });
    this.#settings = new Settings((name, value) => {
      this.#settingChanged(name, value);
    });
    this.#stopTimeout = parts.clock.after(limits.authenticationMs, () => {
      this.terminate(pgFatal("57014", "canceling authentication due to timeout").report);
    });
    this.#conversation = this.#converse();
    this.#waiting = "input";
  }

  /** Takes bytes from the client, cut anywhere. The array belongs to the connection from now on. */
  receive(chunk: Uint8Array): void {
    if (this.#over || chunk.length === 0) return;
    const { reader } = this.#channel;
    reader.push(chunk);
    if (this.#waiting === "input") this.#resume();
    else if (!this.#paused && reader.unread > INPUT_HIGH_WATER_BYTES) {
      this.#paused = true;
      this.#transport.sink.pauseInput?.();
    }
  }

  /** The sink has room again. */
  drained(): void {
    this.#channel.output.congested = false;
    if (this.#waiting === "room" || this.#waiting === "room-for-rows") this.#resume();
  }

  /** The transport is gone: what runs is cancelled, what is open is rolled back. */
  closed(): void {
    this.#finish();
  }

  /** Ends the connection from this side, as when the server shuts down. */
  terminate(
    report: ErrorReport = pgFatal("57P01", "terminating connection due to administrator command")
      .report,
  ): void {
    if (this.#over) return;
    this.#channel.output.report(report);
    this.#finish();
    this.#channel.output.end();
  }

  *#converse(): Work {
    const channel = this.#channel;
    const login = yield* logIn(channel, this.#parts, this.#transport, this.#settings, () => {
      this.#cancel();
    });
    this.#stopTimer();
    if (login === null) return;
    const { user, databaseName, database, cancelHandle, sqliteSession } = login;
    this.#releaseCancel = () => {
      cancelHandle.release();
    };
    const session = database.session(
      sqliteSession
        ? { isolation: "serializable", integers: "bigint", deferred: true }
        : { isolation: "read committed", liftLiterals: true, integers: "bigint" },
    );
    this.#session = session;
    for (const name of ["statement_timeout", "lock_timeout"]) {
      this.#settingChanged(name, this.#settings.get(name));
    }
    if (sqliteSession) {
      yield* new SqliteSession(channel, session, this.#idle).run();
      return;
    }
    const identity = { user, database: databaseName };
    yield* new PgSession(channel, identity, session, this.#settings, this.#idle).run();
  }

  /** Runs the conversation until it waits. */
  #resume(answer?: unknown): void {
    this.#step(() => this.#conversation.next(answer));
  }

  #resumeWithError(error: unknown): void {
    this.#step(() => this.#conversation.throw(error));
  }

  #step(advance: () => IteratorResult<Wait, void>): void {
    if (this.#over || this.#running) return;
    this.#running = true;
    this.#waiting = null;
    try {
      const step = advance();
      this.#running = false;
      if (step.done === true) this.#leave();
      else this.#wait(step.value);
    } catch (error) {
      this.#running = false;
      this.#break(error);
    }
  }

  #wait(wait: Wait): void {
    const { output, reader } = this.#channel;
    this.#waiting = wait;
    output.sendWanted();
    if (typeof wait !== "string") {
      void wait.then(
        (value) => {
          this.#resume(value);
        },
        (error: unknown) => {
          this.#resumeWithError(error);
        },
      );
      return;
    }
    if (wait === "input" && this.#paused && reader.unread <= INPUT_HIGH_WATER_BYTES) {
      this.#paused = false;
      this.#transport.sink.resumeInput?.();
    }
  }

  /** A CancelRequest named this connection. When nothing runs, there is nothing to cancel. */
  #cancel(): void {
    if (this.#waiting === "room-for-rows") {
      this.#resumeWithError(pgError("57014", "canceling statement due to user request"));
    } else if (this.#waiting instanceof Promise) {
      this.#session?.cancel("canceled");
    }
  }

  #settingChanged(name: string, value: string): void {
    this.#idle.changed(name, value);
    if (this.#session === null) return;
    if (name === "statement_timeout") this.#session.statementTimeoutMs = durationMs(value);
    if (name === "lock_timeout") this.#session.lockTimeoutMs = durationMs(value);
  }

  /** The conversation came to its end. */
  #leave(): void {
    this.#finish();
    this.#channel.output.end();
  }

  /** The conversation cannot go on: the client is told why, and that it was the end. */
  #break(error: unknown): void {
    this.terminate({ ...reportOf(error), severity: "FATAL" });
  }

  #stopTimer(): void {
    this.#stopTimeout?.();
    this.#stopTimeout = null;
  }

  #finish(): void {
    if (this.#over) return;
    this.#over = true;
    this.#stopTimer();
    this.#idle.stop();
    this.#releaseCancel?.();
    const session = this.#session;
    if (session === null) return;
    // Nobody is left to be told of an error; the engine itself knows what it could not undo.
    void Promise.resolve(session[Symbol.asyncDispose]()).catch(() => undefined);
  }
}
