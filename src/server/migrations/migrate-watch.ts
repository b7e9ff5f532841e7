import type { Migration } from "./migration.ts";

/** Hears how far it is. */
export interface MigrateWatch {
  /** After each statement; true stops: what the migration did so far is undone. */
  ran(migration: Migration, done: number, total: number): Promise<boolean>;
  /** After a migration was committed. */
  applied(done: AppliedMigration): Promise<void>;
}

/** A migration that was applied, or would be. */
export interface AppliedMigration {
  readonly name: string;
  readonly statements: number;
}
