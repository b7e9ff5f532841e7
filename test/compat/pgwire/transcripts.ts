import { EXTENDED_TRANSCRIPTS } from "./extended-transcripts.ts";
import { SESSION_TRANSCRIPTS } from "./session-transcripts.ts";
import { SIMPLE_TRANSCRIPTS } from "./simple-transcripts.ts";
import type { Transcript } from "./transcript.ts";

/**
 * Every transcript begins with `create table t (id bigint primary key, v text)` and the rows
 * (1, 'one'), (2, 'two').
 */
export const TRANSCRIPTS: readonly Transcript[] = [
  ...SIMPLE_TRANSCRIPTS,
  ...EXTENDED_TRANSCRIPTS,
  ...SESSION_TRANSCRIPTS,
];
