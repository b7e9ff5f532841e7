import type { DosqlError } from "../../../src/base/errors.ts";
import type { Row } from "../../../src/base/value.ts";
import { CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import { LogReader } from "../../../src/engine/log/log-reader.ts";
import type { Session, SessionOptions } from "../../../src/engine/session/session.ts";
import type { ShardParts } from "../../../src/engine/shard.ts";
import { ManualClock } from "../manual-clock.ts";
import { ShardFixture } from "../open-shard.ts";

/** A captured shard whose clock stands at 1970-01-01 00:16:40 until it is told to move. */
export class PastFixture implements AsyncDisposable {
  readonly clock = new ManualClock();
  readonly fixture: ShardFixture;
  readonly session: Session;

  constructor(parts: Partial<ShardParts> = {}) {
    this.fixture = new ShardFixture({ clock: this.clock, capture: CAPTURE_ON, ...parts });
    this.session = this.fixture.database.session();
  }

  open(options: SessionOptions = {}): Session {
    return this.fixture.database.session(options);
  }

  /** Runs statements one by one; answers the newest LSN, 0 where nothing is captured. */
  async run(...statements: readonly string[]): Promise<number> {
    for (const sql of statements) await this.session.execute(sql, []);
    return this.lsn;
  }

  get lsn(): number {
    const { changes, reader } = this.fixture.shard;
    return changes.active ? new LogReader(reader.driver).head() : 0;
  }

  async rows(sql: string, params: Row = [], session: Session = this.session): Promise<Row[]> {
    return (await session.execute(sql, params)).rows;
  }

  async failure(sql: string, params: Row = [], session = this.session): Promise<DosqlError> {
    return failureOf(() => session.execute(sql, params));
  }

  /** What stands in TEMP of both connections. */
  temporary(): unknown[] {
    const { writer, reader } = this.fixture.shard;
    return [writer, reader].flatMap(({ driver }) =>
      driver
        .prepare("SELECT name FROM sqlite_temp_schema WHERE name LIKE '%past%'")
        .all([], "number"),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.fixture[Symbol.asyncDispose]();
  }
}

export async function failureOf(work: () => unknown): Promise<DosqlError> {
  try {
    await work();
  } catch (error) {
    return error as DosqlError;
  }
  throw new Error("it did not fail");
}
