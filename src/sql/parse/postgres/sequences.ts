import type { NumberLiteral, TypeName } from "../../ast/leaf.ts";
import type { ObjectName } from "../../ast/name.ts";
import type { SequenceOption } from "../../ast/schema.ts";
import { type Phrases, phrases } from "./phrases.ts";
import { PostgresReferences } from "./references.ts";

/** The options of a sequence, by what follows: # a number, n a name, t a type. */
const SEQUENCE_OPTIONS: Phrases = phrases(`
#:CACHE,INCREMENT,MAXVALUE,MINVALUE,START
:CYCLE,NO CYCLE,NO MAXVALUE,NO MINVALUE,LOGGED,UNLOGGED
?:RESTART
n:OWNED BY,SEQUENCE NAME
t:AS`);

/** The options of sequences and identities. */
export abstract class PostgresSequences extends PostgresReferences {
  /** ALWAYS or BY DEFAULT. */
  protected generatedWhen(): "ALWAYS" | "BY DEFAULT" {
    if (this.accept("ALWAYS")) return "ALWAYS";
    this.expect("BY");
    this.expect("DEFAULT");
    return "BY DEFAULT";
  }

  /** The options of an identity in parentheses, or none. */
  protected identityOptions(): SequenceOption[] {
    if (!this.accept("(")) return [];
    const options = this.sequenceOptions();
    if (options.length === 0) this.fail("an option");
    this.expect(")");
    return options;
  }

  protected sequenceOptions(): SequenceOption[] {
    const options: SequenceOption[] = [];
    for (;;) {
      const option = this.sequenceOption();
      if (option === null) return options;
      options.push(option);
    }
  }

  /** Whether an option of a sequence stands here, not NO INHERIT. */
  protected isSequenceOption(): boolean {
    const { word } = this;
    return SEQUENCE_OPTIONS.has(word === "NO" ? `NO ${this.peek()}` : word);
  }

  /** One option of a sequence, or null. */
  protected sequenceOption(): SequenceOption | null {
    const { start } = this;
    const option = this.phrase(SEQUENCE_OPTIONS);
    if (option === "") return null;
    let value: NumberLiteral | TypeName | ObjectName | null = null;
    const hasWord =
      option === "INCREMENT"
        ? this.accept("BY")
        : (option === "START" || option === "RESTART") && this.accept("WITH");
    switch (SEQUENCE_OPTIONS.get(option)) {
      case ":#":
        value = this.signedNumber();
        break;
      case ":?": {
        const { kind, word } = this;
        const number = kind === "integer" || kind === "float" || word === "-" || word === "+";
        if (hasWord || number) value = this.signedNumber();
        break;
      }
      case ":n":
        value = this.objectName("a name");
        break;
      case ":t":
        value = this.simpleType(false);
        break;
      default:
    }
    const name = option as SequenceOption["option"];
    return { kind: "sequence-option", start, end: this.last, option: name, value };
  }
}
