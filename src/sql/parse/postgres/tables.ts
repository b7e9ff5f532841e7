import type { Name, ObjectName } from "../../ast/name.ts";
import type { Option } from "../../ast/option.ts";
import type { CreateSequence, RefreshView } from "../../ast/postgres-schema.ts";
import type { Expr, OrderTerm } from "../../ast/query.ts";
import type {
  ColumnDefinition,
  CreateIndex,
  CreateTable,
  CreateView,
  ExecutePrepared,
  LikeOption,
  LikeTable,
  PartitionBound,
  PartitionBy,
  PartitionOf,
  Persistence,
} from "../../ast/schema.ts";
import { PostgresConstraints } from "./constraints.ts";

const LIKE_OPTIONS = [
  "ALL",
  "COMMENTS",
  "COMPRESSION",
  "CONSTRAINTS",
  "DEFAULTS",
  "GENERATED",
  "IDENTITY",
  "INDEXES",
  "STATISTICS",
  "STORAGE",
] as const;

const STRATEGIES = ["list", "range", "hash"];

/** CREATE of tables, indexes, views and sequences. */
export abstract class PostgresTables extends PostgresConstraints {
  /** TEMP, with LOCAL or GLOBAL or alone, or UNLOGGED. */
  protected persistence(): Persistence {
    if (this.accept("UNLOGGED")) return "UNLOGGED";
    const scoped = this.acceptOneOf(["LOCAL", "GLOBAL"]) !== "";
    if (this.accept("TEMP") || this.accept("TEMPORARY")) return "TEMP";
    return scoped ? this.fail("TEMP") : "";
  }

  /** What follows CREATE … TABLE. */
  protected createTable(start: number, persistence: Persistence): CreateTable {
    const ifNotExists = this.ifNotExists();
    const name = this.objectName("a table");
    const ofType = this.accept("OF") ? this.objectName("a type") : null;
    const at = this.start;
    const isPartition = ofType === null && this.acceptPair("PARTITION", "OF");
    const parent = isPartition ? this.objectName("a table") : null;
    const typed = ofType !== null || isPartition;
    const named = !typed && (!this.is("(") || this.isNameList());
    const columns = named ? this.nameList("a column") : [];
    const elements = named || (typed && !this.is("(")) ? [] : this.tableElements(typed);
    const partitionOf = parent && this.partitionOf(at, parent);
    const inherits =
      !typed && !named && this.accept("INHERITS")
        ? this.parenthesised(() => this.objectName("a table"))
        : [];
    const partitionBy = named ? null : this.partitionBy();
    const method = this.accessMethod();
    const options = this.tableOptions();
    const onCommit = this.acceptPair("ON", "COMMIT") ? this.onCommit() : "";
    const tablespace = this.tablespace();
    if (named) this.expect("AS");
    const query = named ? this.queryOrExecute() : null;
    const data = named ? this.withData() : "";
    return {
      kind: "create-table",
      start,
      end: this.last,
      persistence,
      ifNotExists,
      name,
      elements,
      withoutRowid: false,
      strict: false,
      query,
      columns,
      data,
      ofType,
      inherits,
      partitionBy,
      partitionOf,
      method,
      options,
      onCommit,
      tablespace,
    };
  }

  private partitionOf(start: number, parent: ObjectName): PartitionOf {
    const bound = this.partitionBound();
    return { kind: "partition-of", start, end: this.last, parent, bound };
  }

  /** Whether the parenthesis at hand holds names alone: then a query defines the columns. */
  private isNameList(): boolean {
    return this.behind(() => this.isName() && [",", ")"].includes(this.peek()));
  }

  /** `(column, constraint, …)`. Columns of a typed table have no type. */
  private tableElements(typed: boolean): CreateTable["elements"] {
    if (!typed && this.peek() === ")") {
      this.advance();
      this.advance();
      return [];
    }
    return this.parenthesised(() => {
      if (this.isTableConstraint()) return this.tableConstraint();
      if (typed) return this.typedColumn();
      return this.is("LIKE") ? this.likeTable() : this.columnDefinition();
    });
  }

  private typedColumn(): ColumnDefinition {
    const name = this.name("a column");
    const { start } = name;
    this.acceptPair("WITH", "OPTIONS");
    const constraints = this.columnConstraints();
    const end = this.last;
    return {
      kind: "column-definition",
      start,
      end,
      name,
      type: null,
      constraints,
      storage: null,
      compression: null,
    };
  }

  protected columnDefinition(): ColumnDefinition {
    const name = this.name("a column");
    const { start } = name;
    const type = this.typeName();
    const storage = this.accept("STORAGE") ? this.nameOrDefault() : null;
    const compression = this.accept("COMPRESSION") ? this.nameOrDefault() : null;
    if (this.is("OPTIONS")) this.unsupported("OPTIONS of a column", this.start);
    const constraints = this.columnConstraints();
    const end = this.last;
    return { kind: "column-definition", start, end, name, type, constraints, storage, compression };
  }

  private likeTable(): LikeTable {
    const { start } = this;
    this.advance();
    const table = this.objectName("a table");
    const options: LikeOption[] = [];
    for (;;) {
      const { start: at } = this;
      const word = this.acceptOneOf(["INCLUDING", "EXCLUDING"]);
      if (word === "") return { kind: "like-table", start, end: this.last, table, options };
      const what = this.expectOneOf(LIKE_OPTIONS);
      const including = word === "INCLUDING";
      options.push({ kind: "like-option", start: at, end: this.last, including, what });
    }
  }

  private partitionBy(): PartitionBy | null {
    const { start } = this;
    if (!this.acceptPair("PARTITION", "BY")) return null;
    const strategy = this.name("a strategy");
    const terms = this.parenthesised(() => this.partitionTerm());
    if (!STRATEGIES.includes(strategy.text.toLowerCase())) {
      this.refuse(`unrecognized partitioning strategy "${strategy.text}"`, strategy.start);
    }
    return { kind: "partition-by", start, end: this.last, strategy, terms };
  }

  private partitionTerm(): OrderTerm {
    const term = this.indexTerm();
    const plain = term.direction === "" && term.nulls === "";
    if (!plain || term.opclass?.kind === "operator-class") this.fail(", or )");
    return term;
  }

  /** `FOR VALUES …` or DEFAULT. */
  protected partitionBound(): PartitionBound {
    const { start } = this;
    if (this.accept("DEFAULT")) return this.bound(start, "DEFAULT", [], []);
    this.expect("FOR");
    this.expect("VALUES");
    const values = (): Expr[] => this.parenthesised(() => this.expression());
    if (this.accept("IN")) return this.bound(start, "IN", values(), []);
    if (this.accept("FROM")) {
      const lower = values();
      this.expect("TO");
      return this.bound(start, "RANGE", lower, values());
    }
    return this.hashBound(start);
  }

  /** `WITH (MODULUS m, REMAINDER r)`, in any order. */
  private hashBound(start: number): PartitionBound {
    const at = this.start;
    this.expect("WITH");
    const parts = this.parenthesised(() => {
      const name = this.isNonReserved() ? this.takeName() : this.fail("MODULUS");
      return { name, value: this.integer() };
    });
    const found = new Map<string, Expr>();
    for (const { name, value } of parts) {
      const { text } = name;
      if (text !== "modulus" && text !== "remainder") {
        const message = `unrecognized hash partition bound specification "${text}"`;
        this.refuse(message, name.start);
      }
      if (found.has(text)) {
        this.refuse(`${text} for hash partition provided more than once`, name.start);
      }
      found.set(text, value);
    }
    const modulus = found.get("modulus");
    const remainder = found.get("remainder");
    if (modulus === undefined || remainder === undefined) {
      const missing = modulus === undefined ? "modulus" : "remainder";
      return this.refuse(`${missing} for hash partition must be specified`, at);
    }
    return this.bound(start, "HASH", [modulus], [remainder]);
  }

  private bound(
    start: number,
    form: PartitionBound["form"],
    lower: readonly Expr[],
    upper: readonly Expr[],
  ): PartitionBound {
    return { kind: "partition-bound", start, end: this.last, form, lower, upper };
  }

  private accessMethod(): Name | null {
    return this.accept("USING") ? this.name("a method") : null;
  }

  private tablespace(): Name | null {
    return this.accept("TABLESPACE") ? this.name("a tablespace") : null;
  }

  /** `WITH (options)`; WITHOUT OIDS says nothing. */
  private tableOptions(): Option[] {
    if (this.acceptPair("WITHOUT", "OIDS")) return [];
    return this.withOptions();
  }

  private withOptions(): Option[] {
    return this.accept("WITH") ? this.namedOptions(true) : [];
  }

  private onCommit(): CreateTable["onCommit"] {
    if (this.accept("DROP")) return "DROP";
    const what = this.expectOneOf(["DELETE", "PRESERVE"]);
    this.expect("ROWS");
    return `${what} ROWS`;
  }

  private queryOrExecute(): CreateTable["query"] {
    if (!this.is("EXECUTE")) return this.query();
    const start = this.verb();
    const name = this.name("a prepared statement");
    const values = this.is("(") ? this.parenthesised(() => this.expression()) : [];
    const execute: ExecutePrepared = {
      kind: "execute",
      start,
      end: this.last,
      name,
      arguments: values,
    };
    return execute;
  }

  /** `WITH [NO] DATA`. */
  private withData(): "" | "DATA" | "NO DATA" {
    if (!this.accept("WITH")) return "";
    const none = this.accept("NO");
    this.expect("DATA");
    return none ? "NO DATA" : "DATA";
  }

  /** CREATE [UNIQUE] INDEX, at the last word. */
  protected createIndex(start: number, unique: boolean): CreateIndex {
    this.advance();
    const concurrently = this.accept("CONCURRENTLY");
    const ifNotExists = this.ifNotExists();
    const name = ifNotExists || !this.is("ON") ? this.bareName("an index") : null;
    this.expect("ON");
    const [table, only] = this.relation();
    const method = this.accessMethod();
    const terms = this.parenthesised(() => this.indexTerm());
    const include = this.accept("INCLUDE") ? this.parenthesised(() => this.indexTerm()) : [];
    const nulls = this.accept("NULLS");
    const nullsNotDistinct = nulls && this.accept("NOT");
    if (nulls) this.expect("DISTINCT");
    const options = this.withOptions();
    const tablespace = this.tablespace();
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
      concurrently,
      only,
      method,
      include,
      nullsNotDistinct,
      options,
      tablespace,
    };
  }

  /** What follows CREATE … VIEW or MATERIALIZED VIEW. */
  protected createView(
    start: number,
    persistence: Persistence,
    orReplace: boolean,
    recursive: boolean,
    materialized: boolean,
  ): CreateView {
    const ifNotExists = materialized && this.ifNotExists();
    const name = this.objectName("a view");
    if (recursive && !this.is("(")) this.fail("(");
    const columns = this.nameList("a column");
    const method = materialized ? this.accessMethod() : null;
    const options = this.withOptions();
    const tablespace = materialized ? this.tablespace() : null;
    this.expect("AS");
    const query = this.query();
    const data = materialized ? this.withData() : "";
    const check = materialized ? "" : this.checkOption(recursive);
    return {
      kind: "create-view",
      start,
      end: this.last,
      persistence,
      ifNotExists,
      name,
      columns,
      query,
      orReplace,
      recursive,
      materialized,
      method,
      options,
      tablespace,
      check,
      data,
    };
  }

  /** `WITH [CASCADED | LOCAL] CHECK OPTION`. */
  private checkOption(recursive: boolean): CreateView["check"] {
    const at = this.start;
    if (!this.accept("WITH")) return "";
    const check = this.acceptOneOf(["CASCADED", "LOCAL"]);
    this.expect("CHECK");
    this.expect("OPTION");
    if (recursive) this.refuse("WITH CHECK OPTION not supported on recursive views", at);
    return check === "" ? "CASCADED" : check;
  }

  /** REFRESH MATERIALIZED VIEW. */
  protected refreshView(): RefreshView {
    const start = this.verb();
    this.expect("MATERIALIZED");
    this.expect("VIEW");
    const concurrently = this.accept("CONCURRENTLY");
    const name = this.objectName("a view");
    const data = this.withData();
    return { kind: "refresh-view", start, end: this.last, concurrently, name, data };
  }

  /** What follows CREATE … SEQUENCE. */
  protected createSequence(start: number, persistence: Persistence): CreateSequence {
    const ifNotExists = this.ifNotExists();
    const name = this.objectName("a sequence");
    const options = this.sequenceOptions();
    const end = this.last;
    return { kind: "create-sequence", start, end, persistence, ifNotExists, name, options };
  }
}
