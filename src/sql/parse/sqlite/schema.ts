import type { AlterAction } from "../../ast/alter.ts";
import type { Drop } from "../../ast/control.ts";
import type { Name } from "../../ast/name.ts";
import type {
  CheckConstraint,
  ColumnDefinition,
  CreateIndex,
  CreateTable,
  CreateView,
  Persistence,
} from "../../ast/schema.ts";
import type { ModuleArgument } from "../../ast/sqlite.ts";
import type { Statement } from "../../ast/statement.ts";
import { SqliteConstraints } from "./constraints.ts";

/** Tables, indexes, views: CREATE, ALTER and DROP. */
export abstract class SqliteSchema extends SqliteConstraints {
  /** What follows CREATE [TEMP] TRIGGER. */
  protected abstract createTrigger(start: number, persistence: Persistence): Statement;

  /** What follows CREATE. */
  protected create(start: number): Statement {
    switch (this.word) {
      case "UNIQUE":
      case "INDEX":
        return this.createIndex(start);
      case "VIRTUAL":
        return this.createVirtualTable(start);
      default:
    }
    const persistence = this.accept("TEMP") || this.accept("TEMPORARY") ? "TEMP" : "";
    switch (this.expectOneOf(["TABLE", "VIEW", "TRIGGER"])) {
      case "TABLE":
        return this.createTable(start, persistence);
      case "VIEW":
        return this.createView(start, persistence);
      case "TRIGGER":
        return this.createTrigger(start, persistence);
    }
  }

  protected ifNotExists(): boolean {
    if (!this.accept("IF")) return false;
    this.expect("NOT");
    this.expect("EXISTS");
    return true;
  }

  private createTable(start: number, persistence: Persistence): CreateTable {
    const ifNotExists = this.ifNotExists();
    const name = this.objectNameOfTable();
    const query = this.accept("AS") ? this.query() : null;
    const elements = query === null ? this.tableElements() : [];
    const options = query === null ? this.tableOptions() : [];
    return {
      kind: "create-table",
      start,
      end: this.last,
      persistence,
      ifNotExists,
      name,
      elements,
      withoutRowid: options.includes("ROWID"),
      strict: options.includes("STRICT"),
      query,
      columns: [],
      data: "",
      ofType: null,
      inherits: [],
      partitionBy: null,
      partitionOf: null,
      method: null,
      options: [],
      onCommit: "",
      tablespace: null,
    };
  }

  /** Columns, then constraints, between which a comma may be missing. */
  private tableElements(): CreateTable["elements"] {
    this.expect("(");
    const elements: CreateTable["elements"][number][] = [this.columnDefinition()];
    while (this.accept(",")) {
      if (!this.isTableConstraint()) {
        elements.push(this.columnDefinition());
        continue;
      }
      do elements.push(this.tableConstraint());
      while (this.accept(",") || this.isTableConstraint());
      break;
    }
    this.expect(")");
    return elements;
  }

  private columnDefinition(): ColumnDefinition {
    const name = this.name("a column");
    const type = this.optionalType();
    const constraints = this.columnConstraints(name);
    return {
      kind: "column-definition",
      start: name.start,
      end: this.last,
      name,
      type,
      constraints,
      storage: null,
      compression: null,
    };
  }

  /** STRICT and WITHOUT ROWID in any order; SQLite takes a comma before the first, too. */
  private tableOptions(): ("STRICT" | "ROWID")[] {
    const options = this.isName() ? [this.tableOption()] : [];
    while (this.accept(",")) options.push(this.tableOption());
    return options;
  }

  private tableOption(): "STRICT" | "ROWID" {
    const option = this.accept("WITHOUT") ? "ROWID" : "STRICT";
    const known = this.isWord(option);
    const { start, end } = this.name("an option");
    if (known) return option;
    if (!this.is(",") && !this.is(";") && !this.atEnd()) this.fail("the end of the option");
    this.refuse(`unknown table option: ${this.sql.slice(start, end)}`, start);
  }

  protected createIndex(start: number): CreateIndex {
    const unique = this.accept("UNIQUE");
    this.expect("INDEX");
    const ifNotExists = this.ifNotExists();
    const name = this.objectNameOfTable();
    this.expect("ON");
    const table = this.tableName(null, this.name("a table"));
    const terms = this.parenthesised(() => this.conflictTerm());
    const where = this.accept("WHERE") ? this.expression() : null;
    return {
      kind: "create-index",
      start,
      end: this.last,
      unique,
      ifNotExists,
      name,
      table,
      terms,
      where,
      concurrently: false,
      only: false,
      method: null,
      include: [],
      nullsNotDistinct: false,
      options: [],
      tablespace: null,
    };
  }

  private createView(start: number, persistence: Persistence): CreateView {
    const ifNotExists = this.ifNotExists();
    const name = this.objectNameOfTable();
    const columns = this.nameList("a column");
    this.expect("AS");
    const query = this.query();
    return {
      kind: "create-view",
      start,
      end: this.last,
      persistence,
      ifNotExists,
      name,
      columns,
      query,
      orReplace: false,
      recursive: false,
      materialized: false,
      method: null,
      options: [],
      tablespace: null,
      check: "",
      data: "",
    };
  }

  private createVirtualTable(start: number): Statement {
    this.advance();
    this.expect("TABLE");
    const ifNotExists = this.ifNotExists();
    const name = this.objectNameOfTable();
    this.expect("USING");
    const module = this.name("a module");
    const items = this.accept("(") ? this.moduleArguments() : [];
    const end = this.last;
    return {
      kind: "create-virtual-table",
      start,
      end,
      ifNotExists,
      name,
      module,
      arguments: items,
    };
  }

  /** Any tokens between commas and balanced parentheses; of nothing there is no argument. */
  private moduleArguments(): ModuleArgument[] {
    const items: ModuleArgument[] = [];
    let depth = 0;
    let start = -1;
    for (;;) {
      const { word, kind, last: end } = this;
      if (kind === "end" || kind === "illegal") this.fail(")");
      const ends = depth === 0 && (word === "," || word === ")");
      if (ends && start >= 0) {
        items.push({ kind: "module-argument", start, end, text: this.sql.slice(start, end) });
      }
      if (ends) start = -1;
      else if (start < 0) start = this.start;
      if (word === "(") depth++;
      else if (word === ")" && --depth < 0) break;
      this.advance();
    }
    this.advance();
    return items;
  }

  protected drop(start: number): Drop {
    const object = this.expectOneOf(["TABLE", "INDEX", "VIEW", "TRIGGER"]);
    const ifExists = this.acceptPair("IF", "EXISTS");
    const names = [this.objectNameOfTable()];
    return {
      kind: "drop",
      start,
      end: this.last,
      object,
      ifExists,
      names,
      concurrently: false,
      behavior: "",
      force: false,
    };
  }

  protected alterTable(start: number): Statement {
    this.expect("TABLE");
    const name = this.objectNameOfTable();
    const actions = [this.alterAction()];
    return {
      kind: "alter-table",
      start,
      end: this.last,
      object: "TABLE",
      ifExists: false,
      only: false,
      name,
      actions,
    };
  }

  private alterAction(): AlterAction {
    const start = this.start;
    switch (this.expectOneOf(["RENAME", "ADD", "DROP", "ALTER"])) {
      case "RENAME":
        return this.renameAction(start);
      case "ADD":
        return this.addAction(start);
      case "DROP":
        return this.dropAction(start);
      case "ALTER":
        return this.alterColumn(start);
    }
  }

  private renameAction(start: number): AlterAction {
    if (this.accept("TO")) {
      const to = this.name("a table");
      return { kind: "rename-table", start, end: this.last, to };
    }
    const column = this.alteredColumn();
    this.expect("TO");
    const to = this.name("a column");
    return { kind: "rename-column", start, end: this.last, column, to, behavior: "" };
  }

  /** `[COLUMN] name` */
  private alteredColumn(): Name {
    this.accept("COLUMN");
    return this.name("a column");
  }

  private addAction(start: number): AlterAction {
    if (this.word === "CONSTRAINT" || this.word === "CHECK") {
      const constraint = this.addedCheck();
      return { kind: "add-constraint", start, end: this.last, constraint };
    }
    this.accept("COLUMN");
    const column = this.columnDefinition();
    return { kind: "add-column", start, end: this.last, ifNotExists: false, column };
  }

  private addedCheck(): CheckConstraint {
    const base = this.base();
    if (this.word !== "CHECK") this.fail("CHECK");
    return this.check(base, true);
  }

  private dropAction(start: number): AlterAction {
    if (this.accept("CONSTRAINT")) {
      const constraint = this.name("a constraint");
      const end = this.last;
      return { kind: "drop-constraint", start, end, ifExists: false, constraint, behavior: "" };
    }
    const column = this.alteredColumn();
    return { kind: "drop-column", start, end: this.last, ifExists: false, column, behavior: "" };
  }

  private alterColumn(start: number): AlterAction {
    const column = this.alteredColumn();
    const not = this.expectOneOf(["SET", "DROP"]) === "SET";
    this.expect("NOT");
    this.expect("NULL");
    const onConflict = not ? this.onConflict() : "";
    return { kind: "alter-null", start, end: this.last, column, not, onConflict };
  }
}
