import { DosqlError } from "../../base/errors.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { Statement } from "../../sql/ast/statement.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { CaptureSetting } from "../capture/capture-setting.ts";
import { isCaptured } from "../capture/capture-setting.ts";
import type { SchemaRow } from "../capture/schema-rows.ts";
import { readSchemaRows } from "../capture/schema-rows.ts";
import type { SnapshotHeader } from "./snapshot-format.ts";
import { isDerived } from "./virtual-tables.ts";
import { foldName } from "../../sql/fold-name.ts";

/** What a restore does about tables of which nobody knows the rows. */
export interface UncapturedChoice {
  /** Tables that are made without rows. */
  readonly without?: readonly string[];
  /** All others: an error, the default, or left out. */
  readonly uncaptured?: "refuse" | "leave-out";
}

/** Keeps account of the tables of which neither snapshot nor log know the rows. */
export class UncapturedTables {
  #capture: CaptureSetting;
  readonly #isWanted: (name: string) => boolean;
  readonly #leavesOut: boolean;
  /** Lower case. */
  readonly #names = new Set<string>();
  /** Those that are not captured where the replay is, but were there before; lower case. */
  readonly #ended = new Set<string>();

  /** @throws DosqlError `unsupported` that names those which may not be left out */
  constructor(base: SnapshotHeader, { without = [], uncaptured }: UncapturedChoice) {
    const wanted = new Set(without.map((name) => foldName(name)));
    this.#capture = base.capture;
    this.#isWanted = (name) => wanted.has(foldName(name));
    this.#leavesOut = uncaptured === "leave-out";
    this.#add(base.uncaptured);
  }

  /** Which tables are captured from there on. */
  get capture(): CaptureSetting {
    return this.#capture;
  }

  /** After a commit from which on other tables are captured. */
  change(capture: CaptureSetting, driver: SqlDriver): void {
    this.#capture = capture;
    this.#ended.clear();
    for (const { name } of tablesOf(driver)) {
      if (!isCaptured(capture, name)) this.#ended.add(foldName(name));
    }
    // Its rows came with that commit.
    for (const { name } of readSchemaRows(driver).tables) {
      if (isCaptured(capture, name)) this.#names.delete(foldName(name));
    }
  }

  /**
   * At the end: of tables whose capture ended on the way, only older rows are known.
   *
   * @throws DosqlError `unsupported` that names those which may not be left out
   */
  settle(driver: SqlDriver): void {
    const isLeft = ({ name }: { readonly name: string }): boolean =>
      this.#ended.has(foldName(name)) && !this.#names.has(foldName(name));
    const names = tablesOf(driver)
      .filter(isLeft)
      .map(({ name }) => name);
    this.#add(names);
    for (const name of names) driver.exec(`DELETE FROM ${quoteIdentifier(name)}`);
  }

  /**
   * After DDL.
   *
   * @param known the log knows a table's shape from there on
   * @throws DosqlError `unsupported` as above
   */
  follow(statement: Statement | null, known: boolean): void {
    switch (statement?.kind) {
      case "create-table": {
        const name = statement.name.name.text;
        if (!isCaptured(this.#capture, name)) this.#ended.add(foldName(name));
        break;
      }
      case "create-virtual-table":
        if (!known && !isIndexOfText(statement)) this.#add([statement.name.name.text]);
        break;
      case "alter-table": {
        const [action] = statement.actions;
        const from = foldName(statement.name.name.text);
        if (action?.kind !== "rename-table") break;
        for (const names of [this.#names, this.#ended]) {
          if (names.delete(from)) names.add(foldName(action.to.text));
        }
        break;
      }
      default:
    }
  }

  /** Removes those that are left out. */
  remove(driver: SqlDriver): void {
    if (!this.#leavesOut || this.#names.size === 0) return;
    const { tables, virtual } = readSchemaRows(driver);
    for (const { name } of [...tables, ...virtual]) {
      if (this.#names.has(foldName(name))) driver.exec(`DROP TABLE ${quoteIdentifier(name)}`);
    }
  }

  #add(names: readonly string[]): void {
    const left = names.filter((name) => !this.#isWanted(name));
    if (left.length > 0 && !this.#leavesOut) throw uncapturedError(left);
    for (const name of left) this.#names.add(foldName(name));
  }
}

/** All that have rows of their own. */
function tablesOf(driver: SqlDriver): readonly SchemaRow[] {
  const { tables, virtual } = readSchemaRows(driver);
  return [...tables, ...virtual.filter(({ sql }) => !isDerived(sql ?? ""))];
}

/** One that can be made again from another table: see `isDerived`. */
function isIndexOfText(statement: Statement & { readonly kind: "create-virtual-table" }): boolean {
  return (
    /^fts[45]$/i.test(statement.module.text) &&
    statement.arguments.some(({ text }) => /^content\s*=\s*(?:'[^']|"[^"]|[^\s'"])/i.test(text))
  );
}

function uncapturedError(names: readonly string[]): DosqlError {
  const what = names.length === 1 ? "table" : "tables";
  return new DosqlError(
    "unsupported",
    `the changes of ${what} ${names.join(", ")} were not captured`,
    { hint: "restore without their rows: --without TABLE" },
  );
}
