import type { Option } from "../../ast/option.ts";
import type { Lock, LockMode, Notify, Reindex, Upkeep } from "../../ast/postgres-command.ts";
import type { Statement } from "../../ast/statement.ts";
import { PostgresCopy } from "./copy.ts";

const LOCK_MODES: readonly LockMode[] = [
  "ACCESS SHARE",
  "ROW SHARE",
  "ROW EXCLUSIVE",
  "SHARE UPDATE EXCLUSIVE",
  "SHARE",
  "SHARE ROW EXCLUSIVE",
  "EXCLUSIVE",
  "ACCESS EXCLUSIVE",
];

/** The words before the tables of a VACUUM that are options, in their order. */
const VACUUM_WORDS = ["FULL", "FREEZE", "VERBOSE", "ANALYZE", "ANALYSE"];

/** What keeps a database running: locks, channels, VACUUM and its like. */
export abstract class PostgresUpkeep extends PostgresCopy {
  protected override command(): Statement {
    switch (this.word) {
      case "LISTEN":
      case "UNLISTEN":
      case "NOTIFY":
        return this.notify(this.word);
      case "LOCK":
        return this.lock(this.verb());
      case "VACUUM":
        return this.vacuum(this.verb(), "VACUUM", VACUUM_WORDS);
      case "ANALYZE":
      case "ANALYSE":
        return this.vacuum(this.verb(), "ANALYZE", ["VERBOSE"]);
      case "CLUSTER":
        return this.cluster(this.verb());
      case "REINDEX":
        return this.reindex(this.verb());
      case "DISCARD": {
        const start = this.verb();
        const found = this.expectOneOf(["ALL", "PLANS", "SEQUENCES", "TEMP", "TEMPORARY"]);
        const what = found === "TEMPORARY" ? "TEMP" : found;
        return { kind: "discard", start, end: this.last, what };
      }
      case "CHECKPOINT":
        return { kind: "checkpoint", start: this.verb(), end: this.last };
      case "LOAD": {
        const start = this.verb();
        const file = this.stringConstant();
        return { kind: "load", start, end: this.last, file };
      }
      case "CALL": {
        const start = this.verb();
        const [name, callable] = this.functionName();
        if (!callable || !this.is("(")) this.fail("(");
        const call = this.call(name);
        if (call.withinGroup || call.filter !== null || call.over !== null) {
          this.fail("the end of the call");
        }
        return { kind: "call-procedure", start, end: this.last, call };
      }
      default:
        return super.command();
    }
  }

  private notify(action: Notify["action"]): Notify {
    const start = this.verb();
    const all = action === "UNLISTEN" && this.accept("*");
    const channel = all ? null : this.name("a channel");
    const payload = action === "NOTIFY" && this.accept(",") ? this.stringConstant() : null;
    return { kind: "notify", start, end: this.last, action, channel, payload };
  }

  private lock(start: number): Lock {
    this.accept("TABLE");
    const tables = this.list(() => this.plainTable());
    const mode = this.accept("IN") ? this.lockMode() : "ACCESS EXCLUSIVE";
    const nowait = this.accept("NOWAIT");
    return { kind: "lock", start, end: this.last, tables, mode, nowait };
  }

  private lockMode(): LockMode {
    let words = this.lockWords("");
    while (!this.is("MODE")) words = this.lockWords(`${words} `);
    const mode = LOCK_MODES.find((known) => known === words) ?? this.fail("a mode");
    this.advance();
    return mode;
  }

  /** The words of a mode, one more than before. */
  private lockWords(before: string): string {
    const words = before + this.word;
    if (this.word === "" || !LOCK_MODES.some((mode) => mode.startsWith(words))) this.fail("a mode");
    this.advance();
    return words;
  }

  /** Options in parentheses, or some of the words that stand for them. */
  protected upkeepOptions(words: readonly string[]): Option[] {
    if (this.is("(")) return this.options();
    return words.flatMap((word) => {
      if (!this.is(word)) return [];
      const name = word === "ANALYSE" ? this.named("analyze", "") : this.takeName();
      return [this.option(name)];
    });
  }

  /** VACUUM and ANALYZE. */
  private vacuum(start: number, action: Upkeep["action"], words: readonly string[]): Upkeep {
    const options = this.upkeepOptions(words);
    const named = this.isName() || this.is("ONLY");
    const tables = named ? this.list(() => this.upkeepTable()) : [];
    return { kind: "upkeep", start, end: this.last, action, options, tables, index: null };
  }

  private upkeepTable(): Upkeep["tables"][number] {
    const table = this.plainTable();
    const columns = this.nameList("a column");
    return { kind: "upkeep-table", start: table.start, end: this.last, table, columns };
  }

  /** `CLUSTER table USING index`, and the older `CLUSTER index ON table`. */
  private cluster(start: number): Upkeep {
    const old = !this.is("(");
    const options = this.upkeepOptions(["VERBOSE"]);
    const action = "CLUSTER";
    if (!this.isName()) {
      return { kind: "upkeep", start, end: this.last, action, options, tables: [], index: null };
    }
    let index = old && this.peek() === "ON" ? this.takeName() : null;
    if (index !== null) this.advance();
    const at = this.start;
    const name = this.objectName("a table");
    const table = this.tableOfParts(name, false, null, null, null, at);
    if (index === null && this.accept("USING")) index = this.name("an index");
    const end = this.last;
    const tables: Upkeep["tables"] = [
      { kind: "upkeep-table", start: at, end: table.end, table, columns: [] },
    ];
    return { kind: "upkeep", start, end, action, options, tables, index };
  }

  private reindex(start: number): Reindex {
    const options = this.is("(") ? this.options() : [];
    const target = this.expectOneOf(["INDEX", "TABLE", "SCHEMA", "DATABASE", "SYSTEM"]);
    const concurrently = this.accept("CONCURRENTLY");
    let name: Reindex["name"] = null;
    if (target === "INDEX" || target === "TABLE") name = this.objectName("a name");
    else if (target === "SCHEMA" || this.isName()) name = this.bareObjectName(this.name("a name"));
    return { kind: "reindex", start, end: this.last, target, options, concurrently, name };
  }
}
