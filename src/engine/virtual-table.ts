/** A virtual table whose rows the program makes. */
export interface TableDefinition {
  readonly columns: readonly string[];
  readonly parameters: readonly string[];
  readonly rows: (...args: unknown[]) => Iterable<unknown>;
  /** Null: as the connection says. */
  readonly safeIntegers: boolean | null;
  /** Refused inside views, triggers and the schema. */
  readonly directOnly: boolean;
}

/**
 * Makes a table for each CREATE VIRTUAL TABLE: told the names of module, schema and table, then
 * the arguments in the statement.
 */
export type TableFactory = (names: readonly string[], args: readonly string[]) => TableDefinition;

/** A table, or what makes them. */
export type TableModule = TableDefinition | TableFactory;
