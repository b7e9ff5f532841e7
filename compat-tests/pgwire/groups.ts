import { CANCEL } from "./cases/cancel.ts";
import type { Case } from "./cases/case.ts";
import { DATATYPES } from "./cases/datatypes.ts";
import { ERRORS } from "./cases/errors.ts";
import { EXTENDED } from "./cases/extended.ts";
import { PIPELINE } from "./cases/pipeline.ts";
import { SIMPLE } from "./cases/simple.ts";
import { SIZES } from "./cases/sizes.ts";
import { STARTUP } from "./cases/startup.ts";
import { TAGS } from "./cases/tags.ts";
import { TRANSACTIONS } from "./cases/transactions.ts";

/** Every case by its group; a group is also the name of its recorded transcripts. */
export const GROUPS: Readonly<Record<string, readonly Case[]>> = {
  startup: STARTUP,
  simple: SIMPLE,
  transactions: TRANSACTIONS,
  tags: TAGS,
  extended: EXTENDED,
  pipeline: PIPELINE,
  datatypes: DATATYPES,
  errors: ERRORS,
  sizes: SIZES,
  cancel: CANCEL,
};
