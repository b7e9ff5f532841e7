import type { Case } from "../contract.ts";
import { BATCH_CASES } from "./batches.ts";
import { BOOKMARK_CASES } from "./bookmarks.ts";
import { CHANGE_CASES } from "./changes.ts";
import { CONVERSION_CASES } from "./conversions.ts";
import { FEATURE_CASES } from "./features.ts";
import { INTROSPECTION_CASES } from "./introspection.ts";
import { LIMIT_CASES } from "./limits.ts";
import { META_CASES } from "./meta.ts";
import { MIGRATION_CASES } from "./migrations.ts";
import { SCRIPT_CASES } from "./scripts.ts";
import { SESSION_CASES } from "./sessions.ts";
import { SQL_CASES } from "./sql.ts";
import { STATEMENT_CASES } from "./statements.ts";
import { SURFACE_CASES } from "./surface.ts";
import { VALUE_CASES } from "./values.ts";

export const ALL_CASES: readonly Case[] = [
  ...VALUE_CASES,
  ...CONVERSION_CASES,
  ...STATEMENT_CASES,
  ...SURFACE_CASES,
  ...SCRIPT_CASES,
  ...BATCH_CASES,
  ...SESSION_CASES,
  ...BOOKMARK_CASES,
  ...META_CASES,
  ...CHANGE_CASES,
  ...SQL_CASES,
  ...FEATURE_CASES,
  ...INTROSPECTION_CASES,
  ...LIMIT_CASES,
  ...MIGRATION_CASES,
];
