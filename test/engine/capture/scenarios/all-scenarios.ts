import type { Scenario } from "../scenario.ts";
import { CHANGES } from "./changes.ts";
import { FILES } from "./files.ts";
import { FOREIGN_KEYS } from "./foreign-keys.ts";
import { INSERTS } from "./inserts.ts";
import { REPLACES } from "./replaces.ts";
import { SCHEMAS } from "./schemas.ts";
import { TABLES } from "./tables.ts";
import { TRIGGERS } from "./triggers.ts";
import { VALUE_SCENARIOS } from "./values.ts";
import { VIRTUALS } from "./virtuals.ts";

/** The contract of capture. */
export const SCENARIOS: readonly Scenario[] = [
  ...INSERTS,
  ...CHANGES,
  ...REPLACES,
  ...FOREIGN_KEYS,
  ...TRIGGERS,
  ...TABLES,
  ...VALUE_SCENARIOS,
  ...SCHEMAS,
  ...VIRTUALS,
  ...FILES,
];
