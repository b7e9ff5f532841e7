import { aggregates } from "./cases/aggregates.ts";
import { binding } from "./cases/binding.ts";
import { copies } from "./cases/copies.ts";
import { errors } from "./cases/errors.ts";
import { functions } from "./cases/functions.ts";
import { iterating } from "./cases/iterating.ts";
import { limited } from "./cases/limited.ts";
import { logging } from "./cases/logging.ts";
import { modes } from "./cases/modes.ts";
import { opening } from "./cases/opening.ts";
import { pragmas } from "./cases/pragmas.ts";
import { preparing } from "./cases/preparing.ts";
import { states } from "./cases/states.ts";
import { surface } from "./cases/surface.ts";
import { tables } from "./cases/tables.ts";
import { transactions } from "./cases/transactions.ts";
import { values } from "./cases/values.ts";
import type { Case } from "./contract.ts";

/** Every question that is asked of both sides. */
export const CASES: readonly Case[] = [
  ...surface,
  ...opening,
  ...preparing,
  ...binding,
  ...values,
  ...modes,
  ...iterating,
  ...states,
  ...errors,
  ...transactions,
  ...pragmas,
  ...functions,
  ...aggregates,
  ...logging,
  ...copies,
  ...limited,
  ...tables,
];
