import type { DeclareCursor, Fetch } from "../../ast/postgres-command.ts";
import type { ExecutePrepared } from "../../ast/schema.ts";
import type { Statement } from "../../ast/statement.ts";
import { PostgresSettings } from "./settings.ts";

/** The words of a FETCH: the direction they stand for and its count; without it they take one. */
const DIRECTIONS: Readonly<Record<string, readonly [Fetch["direction"], number?]>> = {
  NEXT: ["FORWARD", 1],
  PRIOR: ["BACKWARD", 1],
  FIRST: ["ABSOLUTE", 1],
  LAST: ["ABSOLUTE", -1],
  ABSOLUTE: ["ABSOLUTE"],
  RELATIVE: ["RELATIVE"],
  FORWARD: ["FORWARD"],
  BACKWARD: ["BACKWARD"],
};

/** Cursors and prepared statements. */
export abstract class PostgresCursors extends PostgresSettings {
  protected override command(): Statement {
    switch (this.word) {
      case "PREPARE":
        return this.prepare(this.verb());
      case "EXECUTE":
        return this.execute();
      case "DEALLOCATE": {
        const start = this.verb();
        if (this.is("PREPARE") && this.isBefore()) this.advance();
        const name = this.accept("ALL") ? null : this.name("a prepared statement");
        return { kind: "deallocate", start, end: this.last, name };
      }
      case "DECLARE":
        return this.declareCursor();
      case "FETCH":
        return this.fetchRows(this.verb(), false);
      case "MOVE":
        return this.fetchRows(this.verb(), true);
      case "CLOSE": {
        const start = this.verb();
        const name = this.accept("ALL") ? null : this.name("a cursor");
        return { kind: "close-cursor", start, end: this.last, name };
      }
      default:
        return super.command();
    }
  }

  private prepare(start: number): Statement {
    if (this.is("TRANSACTION") && this.behind(() => this.kind === "string")) {
      return this.prepared(start, "PREPARE");
    }
    const name = this.name("a statement's name");
    const types = this.is("(") ? this.parenthesised(() => this.typeName()) : [];
    this.expect("AS");
    const statement = this.queryOrChange();
    return { kind: "prepare", start, end: this.last, name, types, statement };
  }

  protected execute(): ExecutePrepared {
    const start = this.verb();
    const name = this.name("a prepared statement");
    const given = this.is("(") ? this.parenthesised(() => this.expression()) : [];
    return { kind: "execute", start, end: this.last, name, arguments: given };
  }

  protected declareCursor(): DeclareCursor {
    const start = this.verb();
    const name = this.name("a cursor");
    let binary = false;
    let sensitivity: DeclareCursor["sensitivity"] = "";
    let scroll: DeclareCursor["scroll"] = "";
    while (!this.accept("CURSOR")) {
      const { word } = this;
      const no = this.accept("NO");
      if (this.accept("SCROLL")) {
        const found = no ? "NO SCROLL" : "SCROLL";
        if (scroll !== "" && scroll !== found) {
          this.refuse("cannot specify both SCROLL and NO SCROLL");
        }
        scroll = found;
      } else if (no) {
        this.fail("SCROLL");
      } else if (this.accept("BINARY")) {
        binary = true;
      } else {
        const found = this.expectOneOf(["INSENSITIVE", "ASENSITIVE"]);
        if (sensitivity !== "" && sensitivity !== word) {
          this.refuse("cannot specify both INSENSITIVE and ASENSITIVE");
        }
        sensitivity = found;
      }
    }
    const held = this.acceptOneOf(["WITH", "WITHOUT"]);
    if (held !== "") this.expect("HOLD");
    this.expect("FOR");
    const query = this.query();
    return {
      kind: "declare-cursor",
      start,
      end: this.last,
      name,
      binary,
      sensitivity,
      scroll,
      hold: held === "WITH",
      query,
    };
  }

  /** FETCH and MOVE. */
  private fetchRows(start: number, move: boolean): Fetch {
    // At the end of the statement the word is the cursor's name.
    const found = this.isBefore() ? DIRECTIONS[this.word] : undefined;
    if (found !== undefined) this.advance();
    const [direction, fixed] = found ?? ["FORWARD"];
    const count = fixed ?? this.fetchCount(direction);
    this.acceptOneOf(["FROM", "IN"]);
    const cursor = this.name("a cursor");
    return { kind: "fetch", start, end: this.last, move, direction, count, cursor };
  }

  /** How many rows, or which one; null is ALL. */
  private fetchCount(direction: Fetch["direction"]): number | null {
    const must = direction === "ABSOLUTE" || direction === "RELATIVE";
    if (!must && this.accept("ALL")) return null;
    const given = this.kind === "integer" || this.is("-") || this.is("+");
    return must || given ? this.signedInteger() : 1;
  }
}
