/**
 * `npm run fuzz:d1`: random schemas, statements and values, asked of the real local D1 and of
 * DoSQL in a Durable Object. `SEED=n` repeats a run, `STATEMENTS=n` sets its length.
 */
import { CONVERSATION_CALLS, fuzz } from "./run.ts";

const given = process.env["SEED"] ?? "fresh";
const seed = given === "fresh" ? Date.now() % 2 ** 31 : Number(given);
if (!Number.isSafeInteger(seed)) throw new Error(`SEED is a whole number or fresh, not ${given}`);
const wanted = Number(process.env["STATEMENTS"] ?? 20_000);
// Batches make it more.
const conversations = Math.ceil(wanted / CONVERSATION_CALLS);
console.log(`seed ${seed}, ${conversations} databases`);
const { statements, succeeded, explained, differences } = await fuzz(seed, conversations);
for (const difference of differences.slice(0, 20)) console.log(JSON.stringify(difference, null, 1));
console.log(
  `${statements} statements (${succeeded} calls succeeded in D1), ` +
    `${explained} known differences, ${differences.length} unexplained`,
);
process.exitCode = differences.length === 0 ? 0 : 1;
