import { DosqlError } from "../../base/errors.ts";
import type { RowPart } from "../../engine/session/result-set.ts";
import type { SessionOptions, Statement } from "../../engine/session/session.ts";
import { d1Error } from "./errors.ts";
import { d1Message } from "./failure.ts";
import type { IntegerForm } from "./exact-integers.ts";
import { inDigits } from "./exact-integers.ts";
import { toObjects } from "./result.ts";
import { splitQuery } from "./split.ts";
import type { D1PreparedStatement } from "./statement.ts";
import { toSqlValue } from "./values.ts";

/** Options of `iterate`. */
export interface IterateOptions {
  /** As what INTEGERs come out. Default: as from the database. */
  readonly integers?: IntegerForm | undefined;
}

/** Rows of a statement in parts. */
export type ReadParts = (statement: Statement, options: SessionOptions) => AsyncIterable<RowPart>;

/** The rows of a statement as `all` has them, one after the other. */
export async function* iterateRows<T>(
  query: Pick<D1PreparedStatement, "statement" | "params">,
  { integers = "number" }: IterateOptions,
  read: ReadParts,
): AsyncGenerator<T, void> {
  try {
    const statements = splitQuery(query.statement, query.params.map(toSqlValue));
    const [statement, other] = statements;
    if (statement === undefined || other !== undefined) {
      throw new DosqlError("misuse", "iterate() takes one statement");
    }
    const options = { integers: integers === "number" ? integers : "bigint" } as const;
    for await (const part of read(statement, options)) {
      yield* toObjects(integers === "string" ? inDigits(part) : part) as T[];
    }
  } catch (error) {
    const { code, message } = error as DosqlError;
    // D1's own words for what is not supported would not say what.
    const said = code === "unsupported" ? message : d1Message(error, query.statement);
    throw d1Error("D1_ERROR", said, error);
  }
}
