import { DosqlError } from "../base/errors.ts";
import type { RowPart } from "../engine/session/result-set.ts";
import type { Database, SessionOptions, Statement } from "../engine/session/session.ts";
import type { PartPlace, RowsService } from "./row-wire.ts";
import type { StubDatabase } from "./shard-stub.ts";
import type { ShardService } from "./shard-wire.ts";
import { fromWireError } from "./shard-wire.ts";

/**
 * The rows of a SELECT in parts, wherever the database is; see `Session.iterate`.
 *
 * @throws DosqlError `unsupported` where nobody can hold a result
 */
export function rowParts(
  database: Database,
  statement: Statement,
  options: SessionOptions,
): AsyncIterable<RowPart> {
  if ("connect" in database) {
    const { connect } = database as StubDatabase;
    return stubParts(() => connect() as ShardService & RowsService, statement, options);
  }
  const session = database.session(options);
  if (session.transaction === "none" && session.iterate !== undefined) {
    return session.iterate(statement.sql, statement.params);
  }
  throw new DosqlError("unsupported", "iterate() is not supported in a transaction", {
    hint: "ask for all rows at once, or iterate over a database made without transactions",
  });
}

async function* stubParts(
  connect: () => RowsService,
  open: Statement,
  { integers = "bigint" }: SessionOptions,
): AsyncGenerator<RowPart, void> {
  let next: PartPlace | null = null;
  let columns: RowPart["columns"] = [];
  try {
    do {
      const reply = await connect().rows(next === null ? { open, integers } : { read: next });
      if ("error" in reply) {
        next = null;
        throw fromWireError(reply.error);
      }
      const { names, rows } = reply;
      if (names !== undefined) {
        columns = names.map((name) => ({ name, table: null, column: null, declaredType: null }));
      }
      ({ next } = reply);
      yield { columns, rows };
    } while (next !== null);
  } finally {
    // Else the object forgets it by itself, later.
    if (next !== null)
      await connect()
        .rows({ drop: next.name })
        .catch(() => undefined);
  }
}
