import type { Name } from "../../ast/name.ts";
import type { Constraint, ConstraintMark, Deferral } from "../../ast/schema.ts";
import { PostgresSequences } from "./sequences.ts";

/** What every constraint has. */
type Base = Pick<Constraint, "start" | "end" | "deferrable" | "initially" | "name" | "marks">;

/** What may follow a constraint; of those with the same letter only one. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  DEFERRABLE: "D",
  "NOT DEFERRABLE": "D",
  "INITIALLY DEFERRED": "S",
  "INITIALLY IMMEDIATE": "S",
  ENFORCED: "E",
  "NOT ENFORCED": "E",
  "NO INHERIT": "I",
  "NOT VALID": "V",
};

/** Behind which constraint attributes stand, and the letters of those that may. */
const ALLOWED = {
  column: "DSE",
  "inheritable column": "DSEI",
  CHECK: "EIV",
  "NOT NULL": "IV",
  UNIQUE: "DS",
  "PRIMARY KEY": "DS",
  EXCLUDE: "DS",
  "FOREIGN KEY": "DSEV",
  "domain CHECK": "IV",
  "domain NOT NULL": "",
  "ALTER CONSTRAINT": "DSEI",
} as const;

/** What attributes stand behind. */
export type Constrained = keyof typeof ALLOWED;

/** What follows a constraint: when it is checked, whether it is enforced, … */
export abstract class PostgresAttributes extends PostgresSequences {
  /** What may follow a constraint, if it is at hand: one word or two. */
  private nextAttribute(): string {
    const { word } = this;
    const two = word === "NOT" || word === "NO" || word === "INITIALLY";
    return two ? `${word} ${this.peek()}` : word;
  }

  /** Whether what may follow such a constraint is at hand. */
  protected isAttribute(of: Constrained): boolean {
    const letter = ATTRIBUTES[this.nextAttribute()];
    return letter !== undefined && (ALLOWED[of] as string).includes(letter);
  }

  /**
   * What follows a constraint. A column's takes each only once, NO INHERIT only first: what stands
   * there besides is an empty constraint of its own, or an error.
   */
  protected base(start: number, name: Name | null, of: Constrained): Base {
    const ofColumn = of.endsWith("column");
    const { start: at } = this;
    const found = new Map<string, string>();
    const marks: ConstraintMark[] = [];
    for (;;) {
      const { start: here } = this;
      const attribute = this.nextAttribute();
      const letter = ATTRIBUTES[attribute];
      if (letter === undefined) break;
      const before = found.get(letter);
      const late = before !== undefined || (letter === "I" && found.size > 0);
      if (ofColumn && (late || !this.isAttribute(of))) break;
      found.set(letter, attribute);
      if (!ofColumn) this.checkConflict(found, before ?? attribute, attribute);
      if (attribute.includes(" ")) this.advance();
      this.advance();
      const mark = attribute as ConstraintMark["mark"];
      const isMark = letter !== "D" && letter !== "S" && before === undefined;
      if (isMark) marks.push({ kind: "mark", start: here, end: this.last, mark });
    }
    const begun = this.is("INITIALLY") || (!ofColumn && (this.is("NOT") || this.is("NO")));
    if (begun && ATTRIBUTES[this.nextAttribute()] === undefined) {
      this.advance();
      this.fail("what it says of the constraint");
    }
    if (!ofColumn) this.checkAllowed(of, found, at);
    const deferrable = (found.get("D") ?? "") as Deferral["deferrable"];
    const initially = (found.get("S")?.slice("INITIALLY ".length) ?? "") as Deferral["initially"];
    return { start, end: this.last, deferrable, initially, name, marks };
  }

  private checkConflict(found: ReadonlyMap<string, string>, before: string, now: string): void {
    if (before !== now) this.refuse("conflicting constraint properties");
    if (found.get("S") === "INITIALLY DEFERRED" && found.get("D") === "NOT DEFERRABLE") {
      this.refuse("constraint declared INITIALLY DEFERRED must be DEFERRABLE");
    }
  }

  private checkAllowed(of: Constrained, found: ReadonlyMap<string, string>, at: number): void {
    for (const [letter, attribute] of found) {
      const harmless = attribute === "NOT DEFERRABLE" || attribute === "INITIALLY IMMEDIATE";
      if (harmless || (ALLOWED[of] as string).includes(letter)) continue;
      if (of === "ALTER CONSTRAINT") {
        this.refuse("constraints cannot be altered to be NOT VALID", at);
      }
      const what = letter === "S" ? "DEFERRABLE" : attribute;
      this.refuse(`${of.replace("domain ", "")} constraints cannot be marked ${what}`, at);
    }
  }
}
