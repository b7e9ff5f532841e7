import type { D1Options } from "../../compat/d1/database.ts";
import { inForm } from "../../compat/d1/exact-integers.ts";
import { Runner } from "../../compat/d1/runner.ts";
import { SerialRunner } from "../../compat/d1/serial-runner.ts";
import type { Database } from "../../engine/session/session.ts";
import { withTransactions } from "../../rpc/shard-transaction.ts";

/** What runs the queries of a `d1()` with options; loaded when the first one runs. */
export function optionRunner(database: Database, options: D1Options): Runner {
  const { transactions = false, integers } = options;
  const how = inForm(integers, { begins: transactions });
  return transactions
    ? new SerialRunner(withTransactions(database), ...how)
    : new Runner(database, ...how);
}
