import type { Case } from "../contract.ts";
import { META_CASES } from "./meta.ts";
import { SCRIPT_CASES } from "./scripts.ts";
import { SESSION_CASES } from "./sessions.ts";
import { SQL_CASES } from "./sql.ts";
import { STATEMENT_CASES } from "./statements.ts";
import { VALUE_CASES } from "./values.ts";

export const ALL_CASES: readonly Case[] = [
  ...VALUE_CASES,
  ...STATEMENT_CASES,
  ...SCRIPT_CASES,
  ...SESSION_CASES,
  ...META_CASES,
  ...SQL_CASES,
];
