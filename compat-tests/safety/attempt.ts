import type { SqlValue } from "../../src/base/value.ts";

/** Where the corpus runs. */
export type Face =
  /** A session on a shard file: what the server's protocol and D1 on Node use. */
  | "shard"
  /** better-sqlite3's API on a data folder. The program owns the file and the connection. */
  | "embedded"
  /** A Durable Object, by its stub. */
  | "worker";

/** What becomes of an attempt. */
export type Outcome =
  /** Refused as if the engine's object did not exist. */
  | "hidden"
  /** Refused by name: such a thing is not done here. */
  | "unsupported"
  /** SQLite, or its words, refuse it. */
  | "sqlite"
  /** The call was wrong before SQL was looked at. */
  | "invalid"
  /** Too large or too deep to be looked at. */
  | "limit"
  /** Refused, in whatever words. */
  | "stopped"
  /** It runs, tells nothing of the engine's objects and leaves them alone. */
  | "blind"
  /** The program's own business: it may run or not, and tells nothing and changes nothing. */
  | "own";

/** A text to run, or one with values to bind. */
export type Step = string | readonly [sql: string, ...values: SqlValue[]];

/** One way to get at the engine's objects. */
export interface Attempt {
  readonly name: string;
  /** In order; the first that fails ends the attempt. */
  readonly steps: readonly Step[];
  readonly outcome: Outcome | Readonly<Record<Face, Outcome>>;
  /** What the last step answers where it runs, as rows of values. */
  readonly rows?: readonly (readonly unknown[])[];
  /** Run the steps as one script, statements and all. */
  readonly script?: boolean;
}

/** The names of the engine's objects in a home, for attempts to be written with. */
export class Names {
  readonly prefix: string;
  /** The prefix without its last character. */
  readonly root: string;
  /** The engine's own table, with a secret in it: (key, value). */
  readonly meta: string;
  /** A table with a rowid and a unique column, as the log: (id, secret). */
  readonly vault: string;
  /** A view of it. */
  readonly peek: string;
  /** A trigger on the user's table `t`. */
  readonly watch: string;
  /** What the trigger writes to. */
  readonly notes: string;
  /** An index of the vault. */
  readonly byId: string;
  /** The index that SQLite made for the vault's unique column. */
  readonly automatic: string;

  constructor(prefix: string) {
    this.prefix = prefix;
    this.root = prefix.slice(0, -1);
    this.meta = `${prefix}meta`;
    this.vault = `${prefix}vault`;
    this.peek = `${prefix}peek`;
    this.watch = `${prefix}watch`;
    this.notes = `${prefix}notes`;
    this.byId = `${prefix}by_id`;
    this.automatic = `sqlite_autoindex_${prefix}vault_1`;
  }

  /** An expression in SQL whose value is a name that does not stand in the text. */
  computed(name: string): string {
    const at = name.indexOf(this.prefix) + 3;
    return `'${name.slice(0, at)}' || '${name.slice(at)}'`;
  }

  /** A name in hexadecimal. */
  hex(name: string): string {
    return [...name].map((sign) => sign.charCodeAt(0).toString(16)).join("");
  }
}

/** What no attempt may bring out. */
export const CANARY = "canary-7f3a";

type Options = Omit<Attempt, "name" | "steps" | "outcome">;

function steps(given: Step | readonly Step[]): readonly Step[] {
  return typeof given === "string" ? [given] : (given as readonly Step[]);
}

/** An attempt that must be refused, everywhere alike. */
export function refused(
  name: string,
  given: string | readonly Step[],
  outcome: Exclude<Outcome, "blind" | "own"> = "hidden",
): Attempt {
  return { name, steps: steps(given), outcome };
}

/** An attempt that may run, and must show nothing and change nothing. */
export function blind(
  name: string,
  given: string | readonly Step[],
  options: Options = {},
): Attempt {
  return { name, steps: steps(given), outcome: "blind", ...options };
}

/** An attempt that is met differently from face to face. */
export function differs(
  name: string,
  given: string | readonly Step[],
  outcome: Readonly<Record<Face, Outcome>>,
  options: Options = {},
): Attempt {
  return { name, steps: steps(given), outcome, ...options };
}
