import { binding } from "./cases/binding.ts";
import { errors } from "./cases/errors.ts";
import { iterating } from "./cases/iterating.ts";
import { logging } from "./cases/logging.ts";
import { modes } from "./cases/modes.ts";
import { pragmas } from "./cases/pragmas.ts";
import { preparing } from "./cases/preparing.ts";
import { transactions } from "./cases/transactions.ts";
import { values } from "./cases/values.ts";
import type { Case } from "./contract.ts";

/** The questions that need no file of their own; functions and extensions are refused by name. */
export const SERVED_CASES: readonly Case[] = [
  ...preparing,
  ...binding,
  ...values,
  ...modes,
  ...iterating,
  ...errors,
  ...transactions,
  ...pragmas,
  ...logging,
];
