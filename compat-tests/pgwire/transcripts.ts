/** Transcripts of the real server, kept for machines that cannot run it. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Replies by the name of the case. */
export type Recording = Readonly<Record<string, readonly string[]>>;

/** What a server said; what it was told stands in the case. */
export function replies(transcript: readonly string[]): string[] {
  return transcript.filter((line) => !/^[a-z]> /.test(line));
}

export function readRecording(group: string): Recording {
  const file = fileOf(group);
  if (!existsSync(file)) return {};
  const texts = JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
  return Object.fromEntries(Object.entries(texts).map(([name, said]) => [name, said.split("\n")]));
}

/** One text for each case, a line of its own: a change is seen, and the file stays small. */
export function writeRecording(group: string, recording: Recording): void {
  const texts = Object.entries(recording).map(([name, said]) => [name, said.join("\n")]);
  writeFileSync(fileOf(group), `${JSON.stringify(Object.fromEntries(texts), null, 2)}\n`);
}

function fileOf(group: string): string {
  return path.join(import.meta.dirname, "recorded", `${group}.json`);
}

/**
 * Lines that only the first (`-`) or only the second (`+`) has, in order: the shortest list,
 * found by the longest common subsequence.
 */
export function differences(first: readonly string[], second: readonly string[]): string[] {
  const longest = commonLengths(first, second);
  const found: string[] = [];
  let [a, b] = [0, 0];
  while (a < first.length || b < second.length) {
    const both = a < first.length && b < second.length;
    if (both && first[a] === second[b]) {
      a++;
      b++;
    } else if (b >= second.length || (both && at(longest, a + 1, b) >= at(longest, a, b + 1))) {
      found.push(`- ${first[a++]}`);
    } else {
      found.push(`+ ${second[b++]}`);
    }
  }
  return found;
}

/** Length of the longest common subsequence of the tails that begin at `[a][b]`. */
function commonLengths(first: readonly string[], second: readonly string[]): number[][] {
  const table = Array.from({ length: first.length + 1 }, () =>
    Array.from({ length: second.length + 1 }, () => 0),
  );
  for (let a = first.length - 1; a >= 0; a--) {
    for (let b = second.length - 1; b >= 0; b--) {
      table[a]![b] =
        first[a] === second[b]
          ? at(table, a + 1, b + 1) + 1
          : Math.max(at(table, a + 1, b), at(table, a, b + 1));
    }
  }
  return table;
}

function at(table: readonly (readonly number[])[], a: number, b: number): number {
  return table[a]?.[b] ?? 0;
}
