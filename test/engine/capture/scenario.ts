import type { Row } from "../../../src/base/value.ts";
import type { CaptureSetting } from "../../../src/engine/capture/capture-setting.ts";

/** A statement, with or without values. */
export type Sql = string | { readonly sql: string; readonly params: Row };

/** One thing that a scenario does. */
export type Step =
  | Sql
  /** All or nothing, as D1's batch. */
  | { readonly batch: readonly Sql[] }
  /** Closes the database and opens it again. In files only. */
  | { readonly reopen: true }
  /** Another program writes into the file, while it is closed here. In files only. */
  | { readonly foreign: string }
  /** Changes what is captured. */
  | { readonly capture: CaptureSetting }
  /** Sets `recursive_triggers`, as a face does that owns the connection. */
  | { readonly recursive: boolean };

/** What a scenario needs of its home. */
export type Need =
  /** BEGIN, SAVEPOINT and the like. */
  | "transactions"
  /** A file that can be closed and opened. */
  | "file"
  /** More than a Durable Object's limits. */
  | "room"
  /** The engine's own handle, which changes what is captured. */
  | "setting";

/** A way in which rows change, with a name. Each must come back from the log. */
export interface Scenario {
  readonly name: string;
  /** Run before capture is turned on. */
  readonly given?: readonly string[];
  readonly steps: readonly Step[];
  readonly needs?: readonly Need[];
  readonly setting?: CaptureSetting;
  /** Virtual tables whose rows the log does not tell. */
  readonly derived?: readonly string[];
  /** What a user sees that captures, where it cannot be the same as without. */
  readonly sees?: "other" | "other-in-object";
  /** How many row records come out, where that is the point. */
  readonly records?: number;
}
