import { readFileSync } from "node:fs";
import { Session } from "node:inspector";
import { fileURLToPath } from "node:url";
import type { Profiler } from "node:inspector";
import { reportLine, type ReportLine } from "./report-line.ts";

/**
 * Which parts of the parser a corpus reaches. Each production of the grammar is a method or a
 * branch of the hand-written parser, so that V8's block coverage tells which were hit.
 *
 * @param name What the report calls it.
 * @param folder The part of a module's address that makes it one of the grammar's.
 * @param run Parses the corpus. Modules must be loaded only after `started` was called.
 */
export async function grammarCoverage(
  name: string,
  folder: RegExp,
  run: () => Promise<void>,
): Promise<ReportLine> {
  const session = new Session();
  session.connect();
  const ask = <Answer>(method: string, params: object = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      session.post(method, params, (error: Error | null, answer?: object) => {
        if (error === null) resolve(answer as Answer);
        else reject(error);
      });
    });
  await ask("Profiler.enable");
  await ask("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  await run();
  const taken = await ask<Profiler.TakePreciseCoverageReturnType>("Profiler.takePreciseCoverage");
  await ask("Profiler.stopPreciseCoverage");
  session.disconnect();
  const scripts = taken.result.filter(({ url }) => url.startsWith("file:") && folder.test(url));
  return summarise(name, scripts);
}

function summarise(name: string, scripts: readonly Profiler.ScriptCoverage[]): ReportLine {
  let total = 0;
  const missed: string[] = [];
  for (const { url, functions } of scripts) {
    const text = readFileSync(fileURLToPath(url), "utf8");
    const file = url.replace(/^.*\/src\/sql\//, "");
    for (const { functionName, ranges } of functions) {
      for (const { startOffset, endOffset, count } of ranges) {
        const source = text.slice(startOffset, endOffset).replaceAll(/\s+/g, " ").trim();
        // What V8 makes of the end of a block that never falls through holds no code.
        if (!/\w/.test(source)) continue;
        total++;
        if (count > 0) continue;
        const line = text.slice(0, startOffset).split("\n").length;
        missed.push(`${file}:${line} ${functionName}: ${source.slice(0, 100)}`);
      }
    }
  }
  return reportLine(name, total, total - missed.length, missed);
}
