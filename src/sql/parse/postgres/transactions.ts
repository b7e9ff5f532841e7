import type { Transaction, TransactionMode } from "../../ast/control.ts";
import type { Statement } from "../../ast/statement.ts";
import { PostgresWords } from "./words.ts";

/** The parts of a transaction statement that only some have. */
type Rest = Partial<Pick<Transaction, "name" | "id" | "modes" | "chain">>;

/** Statements that begin, end and mark transactions. */
export abstract class PostgresTransactions extends PostgresWords {
  protected override command(): Statement {
    switch (this.word) {
      case "BEGIN":
        return this.begin(this.verb());
      case "START":
        return this.startTransaction(this.verb());
      case "COMMIT":
      case "END":
        return this.finishBlock("COMMIT");
      case "ROLLBACK":
      case "ABORT":
        return this.finishBlock("ROLLBACK");
      case "SAVEPOINT":
        return this.transaction(this.verb(), "SAVEPOINT", { name: this.name("a savepoint") });
      case "RELEASE":
        return this.transaction(this.verb(), "RELEASE", { name: this.savepoint() });
      default:
        return super.command();
    }
  }

  private transaction(start: number, action: Transaction["action"], rest: Rest): Transaction {
    const { name = null, id = null, modes = [], chain = "" } = rest;
    const end = this.last;
    return { kind: "transaction", start, end, action, name, id, lock: "", modes, chain };
  }

  private begin(start: number): Transaction {
    this.acceptOneOf(["WORK", "TRANSACTION"]);
    const modes = this.isMode() ? this.transactionModes() : [];
    return this.transaction(start, "BEGIN", { modes });
  }

  private startTransaction(start: number): Transaction {
    this.expect("TRANSACTION");
    const modes = this.isMode() ? this.transactionModes() : [];
    return this.transaction(start, "BEGIN", { modes });
  }

  /** COMMIT, END, ROLLBACK, ABORT and what begins with them. */
  private finishBlock(action: "COMMIT" | "ROLLBACK"): Transaction {
    const { word } = this;
    const start = this.verb();
    if (word === action && this.is("PREPARED")) return this.prepared(start, `${action} PREPARED`);
    this.acceptOneOf(["WORK", "TRANSACTION"]);
    if (word === "ROLLBACK" && this.accept("TO")) {
      return this.transaction(start, "ROLLBACK TO", { name: this.savepoint() });
    }
    if (!this.accept("AND")) return this.transaction(start, action, {});
    const chain = this.accept("NO") ? "NO CHAIN" : "CHAIN";
    this.expect("CHAIN");
    return this.transaction(start, action, { chain });
  }

  /** A statement for a prepared transaction, at the word before its string. */
  protected prepared(start: number, action: Transaction["action"]): Transaction {
    this.advance();
    return this.transaction(start, action, { id: this.stringConstant() });
  }

  /** A name, or SAVEPOINT and a name. */
  private savepoint(): Transaction["name"] {
    if (this.is("SAVEPOINT") && this.isBefore()) this.advance();
    return this.name("a savepoint");
  }

  private isMode(): boolean {
    const { word } = this;
    return word === "ISOLATION" || word === "READ" || word === "DEFERRABLE" || word === "NOT";
  }

  /** One or more modes, with commas or without. */
  protected transactionModes(): TransactionMode[] {
    const modes: TransactionMode[] = [];
    do {
      const start = this.start;
      const mode = this.transactionMode();
      modes.push({ kind: "transaction-mode", start, end: this.last, mode });
    } while (this.accept(",") || this.isMode());
    return modes;
  }

  private transactionMode(): TransactionMode["mode"] {
    if (this.accept("DEFERRABLE")) return "DEFERRABLE";
    if (this.acceptPair("NOT", "DEFERRABLE")) return "NOT DEFERRABLE";
    if (this.accept("READ")) return `READ ${this.expectOneOf(["ONLY", "WRITE"])}`;
    this.expect("ISOLATION");
    this.expect("LEVEL");
    if (this.accept("SERIALIZABLE")) return "ISOLATION LEVEL SERIALIZABLE";
    if (this.acceptPair("REPEATABLE", "READ")) return "ISOLATION LEVEL REPEATABLE READ";
    this.expect("READ");
    return `ISOLATION LEVEL READ ${this.expectOneOf(["COMMITTED", "UNCOMMITTED"])}`;
  }
}
