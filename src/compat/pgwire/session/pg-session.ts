import type { Session } from "../../../engine/session/session.ts";
import { writeParameterStatus, writeReadyForQuery } from "../codec/backend.ts";
import { FrontendCode, readQuery } from "../codec/messages.ts";
import { INCOMPLETE } from "../codec/reader.ts";
import { reportOf } from "../error-report.ts";
import type { FailurePlace } from "../error-report.ts";
import { notSupported, pgFatal } from "../errors.ts";
import { LayoutCache } from "../result-layout.ts";
import type { Settings } from "../settings/settings.ts";
import type { Channel } from "../startup/handshake.ts";
import type { Work } from "../work.ts";
import type { Identity, SessionContext } from "./context.ts";
import { executePortal } from "./execute-portal.ts";
import { bindPortal, closeTarget, describeTarget, parseStatement } from "./extended-query.ts";
import type { IdleTimer } from "./idle-timer.ts";
import { NoticeSender } from "./notices.ts";
import { ParsedTexts } from "./parsed-texts.ts";
import { Portals } from "./portals.ts";
import { PreparedStatements } from "./prepared-statements.ts";
import { runSimpleQuery } from "./simple-query.ts";
import { TransactionBlock } from "./transaction-block.ts";

/** No position can be told where no query is known. */
const NOWHERE: FailurePlace["query"] = { text: "", offset: 0 };

/**
 * A session after the startup: takes one message after the other, in order, and answers it.
 * Nothing of the next message is looked at while one is served.
 */
export class PgSession {
  readonly #context: SessionContext;
  readonly #idle: IdleTimer;
  readonly #limitOf: (type: number) => number;
  readonly #place: FailurePlace = { query: NOWHERE };
  /** An extended message failed: nothing is done before the next Sync. */
  #skipping = false;
  /** The client was told that it is its turn. */
  #ready = false;

  constructor(
    channel: Channel,
    identity: Identity,
    session: Session,
    settings: Settings,
    idle: IdleTimer,
  ) {
    const portals = new Portals();
    this.#context = {
      channel,
      identity,
      session,
      settings,
      block: new TransactionBlock(session, settings, portals),
      portals,
      statements: new PreparedStatements(),
      texts: new ParsedTexts(),
      layouts: new LayoutCache(),
      notices: new NoticeSender(channel.output, settings),
    };
    this.#idle = idle;
    const { limits } = channel;
    this.#limitOf = (type) => messageLimit(type, limits);
  }

  /** Serves the client until it takes its leave. Throws what ends the connection otherwise. */
  *run(): Work {
    this.#getReady();
    const { reader, output } = this.#context.channel;
    for (;;) {
      if (output.full) output.send();
      if (output.congested) yield "room";
      const type = reader.next(this.#limitOf);
      if (type === INCOMPLETE) {
        yield* this.#awaitInput();
        continue;
      }
      if (type === FrontendCode.terminate) return;
      // What is left of a COPY that failed is dropped, as the protocol wants.
      if (COPY.has(type) || (this.#skipping && type !== FrontendCode.sync)) continue;
      this.#ready = false;
      this.#place.query = NOWHERE;
      try {
        const work = this.#answer(type);
        if (work !== null) yield* work;
      } catch (error) {
        this.#skipping = EXTENDED.has(type);
        yield* this.#fail(error);
      }
      if (!EXTENDED.has(type)) this.#getReady();
    }
  }

  *#awaitInput(): Work {
    if (!this.#ready) {
      yield "input";
      return;
    }
    this.#idle.start(this.#context.block.isExplicit);
    yield "input";
    this.#idle.stop();
  }

  /** Does what needs no waiting at once, and hands out the rest. */
  #answer(type: number): Work | null {
    const context = this.#context;
    switch (type) {
      case FrontendCode.query:
        return this.#query();
      case FrontendCode.parse:
        return parseStatement(context, this.#place);
      case FrontendCode.bind:
        bindPortal(context, this.#place);
        return null;
      case FrontendCode.describe:
        describeTarget(context);
        return null;
      case FrontendCode.execute:
        return executePortal(context, this.#place);
      case FrontendCode.close:
        closeTarget(context);
        return null;
      case FrontendCode.flush:
        context.channel.output.want();
        return null;
      case FrontendCode.sync:
        return this.#sync();
      case FrontendCode.functionCall:
        throw notSupported("the function call protocol");
      default:
        return null;
    }
  }

  #query(): Work {
    const { channel, portals, statements } = this.#context;
    const text = readQuery(channel.reader.body);
    this.#place.query = { text, offset: 0 };
    statements.close("");
    portals.close("");
    return runSimpleQuery(text, this.#context, this.#place);
  }

  /** Sync ends what the extended messages began, and says whose turn it is. */
  #sync(): Work | null {
    this.#skipping = false;
    return this.#context.block.settle();
  }

  *#fail(error: unknown): Work {
    const { channel, block } = this.#context;
    channel.output.report(reportOf(error, this.#place.query));
    yield* block.fail(error);
  }

  #getReady(): void {
    const { channel, settings, block } = this.#context;
    const { output } = channel;
    for (const [name, value] of settings.news()) {
      writeParameterStatus(output.writer, name, value);
    }
    writeReadyForQuery(output.writer, block.status);
    output.want();
    this.#ready = true;
  }
}

/**
 * Messages of the extended protocol but Sync: nobody is told whose turn it is after them, and
 * when one fails, all is skipped up to the next Sync.
 */
const EXTENDED: ReadonlySet<number> = new Set([
  FrontendCode.parse,
  FrontendCode.bind,
  FrontendCode.describe,
  FrontendCode.execute,
  FrontendCode.close,
  FrontendCode.flush,
]);

/** Messages that mean something inside of a COPY only. */
const COPY: ReadonlySet<number> = new Set([
  FrontendCode.copyData,
  FrontendCode.copyDone,
  FrontendCode.copyFail,
]);

function messageLimit(type: number, limits: Channel["limits"]): number {
  switch (type) {
    case FrontendCode.query:
    case FrontendCode.parse:
    case FrontendCode.bind:
    case FrontendCode.copyData:
    case FrontendCode.functionCall:
      return limits.messageBytes;
    case FrontendCode.close:
    case FrontendCode.copyDone:
    case FrontendCode.copyFail:
    case FrontendCode.describe:
    case FrontendCode.execute:
    case FrontendCode.flush:
    case FrontendCode.sync:
    case FrontendCode.terminate:
      return limits.smallMessageBytes;
    default:
      throw pgFatal("08P01", `invalid frontend message type ${type}`);
  }
}
