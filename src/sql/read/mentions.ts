import type { Name, ObjectName } from "../ast/name.ts";
import type { Node, Statement } from "../ast/statement.ts";
import { isCommonTable, type Scope, walkScopes } from "./scope.ts";
import { isTellingText } from "./telling-name.ts";
import { foldName } from "../fold-name.ts";

/** A table or view that a statement names. Views are not looked into. */
export interface TableUse {
  /** As written, unquoted; null without one. */
  readonly schema: string | null;
  readonly name: string;
  /** `write`: the statement changes its rows or defines, alters or drops it. */
  readonly role: "read" | "write";
}

/** What a statement names, wherever it does. */
export interface Mentions {
  /** Calls changes(), total_changes() or last_insert_rowid(). */
  readonly rowidState: boolean;
  /**
   * Names something of SQLite's that tells of the engine's objects or may reach them by other
   * means than their names, as a name or as a string: sqlite_master, sqlite_schema, their temp
   * twins, sqlite_stat1, sqlite_stat4, dbstat, any pragma_…, load_extension and the like.
   */
  readonly schemaTable: boolean;
  /** Calls random(), a date function or the like: may answer differently when asked again. */
  readonly volatile: boolean;
  /** Names the temp schema: CREATE TEMP, `temp.x`, sqlite_temp_master. */
  readonly temp: boolean;
  /** Each table once for each role, in no order. No common table expressions. */
  readonly tables: readonly TableUse[];
}

const ROWID_STATE: ReadonlySet<string> = new Set(["changes", "last_insert_rowid", "total_changes"]);

const VOLATILE: ReadonlySet<string> = new Set([
  "date",
  "datetime",
  "julianday",
  "random",
  "randomblob",
  "strftime",
  "time",
  "unixepoch",
]);

/** Finds what a statement names. */
export function findMentions(statement: Statement): Mentions {
  const finder = new Finder();
  const inner = statement.kind === "explain" ? statement.statement : statement;
  finder.define(inner);
  walkScopes(inner, (node, scope) => finder.visit(node, scope));
  return finder.result();
}

class Finder {
  private rowidState = false;
  private schemaTable = false;
  private volatile = false;
  private temp = false;
  private readonly tables = new Map<string, TableUse>();
  /** The nodes that name what a statement changes: they are no sources. */
  private readonly targets = new Set<ObjectName>();

  result(): Mentions {
    const { rowidState, schemaTable, volatile, temp } = this;
    return { rowidState, schemaTable, volatile, temp, tables: [...this.tables.values()] };
  }

  /** What a statement creates, alters or drops. */
  define(statement: Statement): void {
    switch (statement.kind) {
      case "create-table":
      case "create-view":
        if (statement.persistence === "TEMP") this.temp = true;
        this.use(statement.name, "write");
        break;
      case "create-trigger":
        if (statement.persistence === "TEMP") this.temp = true;
        this.use(statement.table, "write");
        break;
      case "create-index":
        this.use(statement.table, "write");
        break;
      case "truncate":
        for (const { name } of statement.tables) this.use(name, "write");
        break;
      case "copy":
        if (statement.source.kind === "object-name") {
          this.use(statement.source, statement.direction === "FROM" ? "write" : "read");
        }
        break;
      case "create-virtual-table":
      case "refresh-view":
      case "alter-table":
        this.use(statement.name, "write");
        break;
      case "drop":
        if (statement.object === "TABLE" || statement.object === "VIEW") {
          for (const name of statement.names) this.use(name, "write");
        }
        break;
      default:
    }
  }

  visit(node: Node, scope: Scope): void {
    switch (node.kind) {
      case "insert":
      case "update":
      case "delete":
      case "merge":
        return this.use(node.table.name, "write");
      case "into":
        return this.use(node.name, "write");
      case "table":
        return this.source(node.name, scope);
      case "in":
        if (node.source.kind === "object-name") this.source(node.source, scope);
        return;
      case "call":
        return this.call(node.name.name);
      case "keyword-value":
        this.volatile ||= node.keyword.startsWith("CURRENT_");
        return;
      case "object-name":
        if (node.schema?.text.toLowerCase() === "temp") this.temp = true;
        return;
      case "name":
        return this.text(node.text);
      case "string":
        return this.text(node.value);
      case "module-argument":
        for (const word of node.text.match(/\w+/g) ?? []) this.text(word);
        return;
      default:
    }
  }

  private source(name: ObjectName, scope: Scope): void {
    if (!this.targets.has(name) && !isCommonTable(name, scope)) this.use(name, "read");
  }

  private use(name: ObjectName, role: TableUse["role"]): void {
    if (role === "write") this.targets.add(name);
    const schema = name.schema?.text ?? null;
    const key = keyOf(name, role);
    if (!this.tables.has(key)) this.tables.set(key, { schema, name: name.name.text, role });
  }

  private call({ text }: Name): void {
    const name = text.toLowerCase();
    this.rowidState ||= ROWID_STATE.has(name);
    this.volatile ||= VOLATILE.has(name);
  }

  /** A name or a string: both may name a schema table. */
  private text(text: string): void {
    if (!isTellingText(text)) return;
    this.schemaTable = true;
    if (/^sqlite_temp/i.test(text)) this.temp = true;
  }
}

/** Names of tables ignore case. */
function keyOf({ schema, name }: ObjectName, role: TableUse["role"]): string {
  return foldName(`${role} ${schema?.text ?? ""}.${name.text}`);
}
