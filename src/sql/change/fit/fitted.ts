import type { Row } from "../../../base/value.ts";

/** A statement in other words, with the values that it binds now. */
export interface Fitted {
  readonly sql: string;
  readonly values: Row;
}
