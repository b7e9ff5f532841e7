import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { Maintenance } from "../../../src/engine/archive/maintenance.ts";
import { restoreShard } from "../../../src/engine/archive/restore.ts";
import { ShardArchive } from "../../../src/engine/archive/shard-archive.ts";
import { CAPTURE_ON } from "../../../src/engine/capture/capture-setting.ts";
import type { CaptureSetting } from "../../../src/engine/capture/capture-setting.ts";
import { Shard } from "../../../src/engine/shard.ts";
import { SyncSession } from "../../../src/engine/session/sync-session.ts";
import { systemClock } from "../../../src/platform/node/clock.ts";
import { NodeSqlDriver } from "../../../src/platform/node/sqlite/sqlite-driver.ts";
import type { SqlDriver } from "../../../src/ports/sql-driver.ts";
import { describeState, readState } from "../capture/database-state.ts";
import type { Scenario, Sql, Step } from "../capture/scenario.ts";
import { SCENARIOS } from "../capture/scenarios/all-scenarios.ts";
import { SHARD } from "./archive-fixture.ts";
import { MemoryStore } from "./memory-store.ts";

/** A file whose scenario is played by one process after the other. */
class Player {
  readonly folder = mkdtempSync(join(tmpdir(), "dosql-archive-"));
  readonly path = join(this.folder, "shard.sqlite");
  readonly store = new MemoryStore();
  shard: Shard;
  session: SyncSession;
  maintenance: Maintenance;

  constructor(scenario: Scenario) {
    const first = new NodeSqlDriver(this.path);
    for (const sql of scenario.given ?? []) first.exec(sql);
    first.close();
    [this.shard, this.session, this.maintenance] = this.open(scenario.setting ?? CAPTURE_ON);
  }

  open(capture?: CaptureSetting): [Shard, SyncSession, Maintenance] {
    const shard = new Shard({
      writer: new NodeSqlDriver(this.path),
      reader: new NodeSqlDriver(this.path, { readonly: true }),
      openReader: () => new NodeSqlDriver(this.path, { readonly: true }),
      clock: systemClock,
      ...(capture === undefined ? {} : { capture }),
    });
    const maintenance = new Maintenance(shard, { shard: SHARD, store: this.store });
    return [shard, new SyncSession(shard), maintenance];
  }

  async close(): Promise<void> {
    await this.maintenance.close();
    this.session.end();
    this.shard.close();
  }

  async step(step: Step): Promise<void> {
    if (typeof step === "string" || "sql" in step) this.attempt(() => this.execute(step));
    else if ("batch" in step) this.attempt(() => this.session.batch(step.batch.map(statement)));
    else if ("capture" in step) this.shard.setCapture(step.capture);
    else if ("recursive" in step) {
      this.shard.writer.driver.exec(`PRAGMA recursive_triggers = ${step.recursive ? "ON" : "OFF"}`);
      this.shard.changes.replaceFiresTriggers = step.recursive;
    } else {
      await this.close();
      if ("foreign" in step) {
        const other = new DatabaseSync(this.path);
        other.exec(step.foreign);
        other.close();
      }
      [this.shard, this.session, this.maintenance] = this.open();
    }
  }

  execute(step: Sql): void {
    const { sql, params } = statement(step);
    this.session.execute(sql, params);
  }

  /** Scenarios have statements that fail. */
  attempt(work: () => void): void {
    try {
      work();
    } catch {
      // The others count.
    }
  }
}

function statement(step: Sql): {
  readonly sql: string;
  readonly params: (typeof step & object)["params"];
} {
  return typeof step === "string" ? { sql: step, params: [] } : step;
}

/** Indexes without content: what they hold cannot be read, so it cannot be brought back. */
function hasHollowTables(driver: SqlDriver): boolean {
  const sql = "SELECT 1 FROM sqlite_schema WHERE replace(sql, ' ', '') LIKE ?1";
  return driver.prepare(sql).all(["%content=''%"], "number").length > 0;
}

describe("comes back from snapshot and segments", () => {
  test.each(SCENARIOS)("$name", async (scenario) => {
    const player = new Player(scenario);
    const copy = new NodeSqlDriver(":memory:");
    try {
      await player.maintenance.run();
      for (const step of scenario.steps) await player.step(step);
      player.session.end();
      await player.maintenance.run();
      const archive = new ShardArchive(player.store, SHARD);
      const { except } = player.shard.changes.setting;
      const left = new Set(except.map((name) => name.toLowerCase()));
      const task = { archive, live: null, moment: "newest", without: except } as const;
      if (hasHollowTables(player.shard.writer.driver)) {
        await expect(restoreShard(copy, task)).rejects.toThrow(/not captured/);
        return;
      }
      await restoreShard(copy, task);
      const [found, wanted] = [copy, player.shard.writer.driver].map((driver) => {
        const state = readState(driver);
        const tables = Object.entries(state.tables).filter(
          ([name]) => !left.has(name.toLowerCase()),
        );
        return describeState({ ...state, tables: Object.fromEntries(tables) });
      });
      expect(found).toEqual(wanted);
    } finally {
      copy.close();
      await player.close();
      rmSync(player.folder, { recursive: true });
    }
  });
});
