import * as fs from "node:fs";
import { createInterface } from "node:readline";
import type { LineEvent, LineReader } from "../../../ports/terminal.ts";

/** Lines of history kept in memory and, about, on disk. */
const HISTORY_LINES = 1_000;
/** The file is shortened when it has grown to this many lines. */
const MAX_FILE_LINES = 2 * HISTORY_LINES;
const HISTORY_MODE = 0o600;

/** A line editor on the terminal. Lines that begin with a blank stay out of the history file. */
export function terminalLines(historyFile: string | null): LineReader {
  const reader = createInterface({
    input: process.stdin,
    output: process.stdout,
    terminal: true,
    history: historyFile === null ? [] : loadHistory(historyFile),
    historySize: HISTORY_LINES,
    removeHistoryDuplicates: true,
  });
  const arrived: LineEvent[] = [];
  let waiting: ((event: LineEvent) => void) | null = null;
  let interrupted: () => void = () => undefined;
  const deliver = (event: LineEvent): void => {
    const take = waiting;
    waiting = null;
    if (take === null) arrived.push(event);
    else take(event);
  };
  reader.on("line", (text) => {
    if (historyFile !== null && text.trim() !== "" && !text.startsWith(" ")) {
      remember(historyFile, text);
    }
    deliver({ kind: "line", text });
  });
  reader.on("SIGINT", () => {
    if (waiting === null) {
      interrupted();
      return;
    }
    // The typed text stays on the screen; the next prompt starts afresh below it.
    process.stdout.write("^C\n");
    reader.write(null, { ctrl: true, name: "e" });
    reader.write(null, { ctrl: true, name: "u" });
    deliver({ kind: "interrupt" });
  });
  reader.on("close", () => deliver({ kind: "end" }));
  return {
    read(prompt) {
      const next = arrived.shift();
      if (next !== undefined) return Promise.resolve(next);
      reader.setPrompt(prompt);
      reader.prompt();
      return new Promise((resolve) => {
        waiting = resolve;
      });
    },
    onInterrupt(listener) {
      interrupted = listener;
    },
    close: () => reader.close(),
  };
}

/** Newest first, as readline wants it. A history that cannot be read is none. */
function loadHistory(file: string): string[] {
  try {
    const lines = fs
      .readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line !== "");
    const kept = lines.slice(-HISTORY_LINES);
    if (lines.length > MAX_FILE_LINES) {
      fs.writeFileSync(file, `${kept.join("\n")}\n`, { mode: HISTORY_MODE });
    }
    return kept.reverse();
  } catch {
    return [];
  }
}

function remember(file: string, line: string): void {
  try {
    fs.appendFileSync(file, `${line}\n`, { mode: HISTORY_MODE });
  } catch {
    // History is a comfort: a full disk must not end the session.
  }
}
