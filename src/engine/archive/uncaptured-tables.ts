import { DosqlError } from "../../base/errors.ts";
import type { SqlDriver } from "../../ports/sql-driver.ts";
import type { Statement } from "../../sql/ast/statement.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import type { CaptureSetting } from "../capture/capture-setting.ts";
import { isCaptured } from "../capture/capture-setting.ts";
import { readSchemaRows } from "../capture/schema-rows.ts";
import type { SnapshotHeader } from "./snapshot-format.ts";

/** What a restore does about tables of which nobody knows the rows. */
export interface UncapturedChoice {
  /** Tables that are made without rows. */
  readonly without?: readonly string[];
  /** All others: an error, the default, or left out. */
  readonly uncaptured?: "refuse" | "leave-out";
}

/** Keeps account of the tables of which neither snapshot nor log know the rows. */
export class UncapturedTables {
  readonly #capture: CaptureSetting;
  readonly #isWanted: (name: string) => boolean;
  readonly #leavesOut: boolean;
  /** Lower case. */
  readonly #names = new Set<string>();

  /** @throws DosqlError `unsupported` that names those which may not be left out */
  constructor(base: SnapshotHeader, { without = [], uncaptured }: UncapturedChoice) {
    const wanted = new Set(without.map((name) => name.toLowerCase()));
    this.#capture = base.capture;
    this.#isWanted = (name) => wanted.has(name.toLowerCase());
    this.#leavesOut = uncaptured === "leave-out";
    this.#add(base.uncaptured);
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
        if (!isCaptured(this.#capture, name)) this.#add([name]);
        break;
      }
      case "create-virtual-table":
        if (!known && !isIndexOfText(statement)) this.#add([statement.name.name.text]);
        break;
      case "alter-table": {
        const [action] = statement.actions;
        const from = statement.name.name.text.toLowerCase();
        if (action?.kind === "rename-table" && this.#names.delete(from)) {
          this.#names.add(action.to.text.toLowerCase());
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
      if (this.#names.has(name.toLowerCase())) driver.exec(`DROP TABLE ${quoteIdentifier(name)}`);
    }
  }

  #add(names: readonly string[]): void {
    const left = names.filter((name) => !this.#isWanted(name));
    if (left.length > 0 && !this.#leavesOut) throw uncapturedError(left);
    for (const name of left) this.#names.add(name.toLowerCase());
  }
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
