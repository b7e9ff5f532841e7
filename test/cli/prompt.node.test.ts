import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ROOT, STORE, dosql, scratchFolder, serve } from "./run-dosql.ts";

/** util-linux' `script` runs a command on a terminal of its own. */
const TERMINAL = "script";
const NO_TERMINAL = !/util-linux/.test(String(spawnSync(TERMINAL, ["--version"]).stdout));
const CTRL_C = "\x03";
const CTRL_D = "\x04";
const ENDLESS =
  "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n;\r";

let scratch: string;
let data: string;
let screen: Screen | null = null;

beforeEach(async () => {
  scratch = scratchFolder();
  data = path.join(scratch, "data");
  await dosql(["import", STORE, "--data", data]);
});

afterEach(() => screen?.child.kill("SIGKILL"));

/** What a user sees and types. */
class Screen {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  #text = "";
  #seen = 0;

  constructor(words: string[], widthColumns = 100) {
    const command = [process.execPath, path.join(ROOT, "bin/dosql.js"), ...words]
      .map((word) => `'${word}'`)
      .join(" ");
    const sized = `stty cols ${widthColumns} rows 40; exec ${command}`;
    this.child = spawn(TERMINAL, ["-qec", sized, "/dev/null"], {
      env: { ...process.env, XDG_STATE_HOME: path.join(scratch, "state"), TERM: "xterm" },
    });
    this.child.stdout?.on("data", (chunk: Buffer) => (this.#text += chunk.toString()));
    this.ended = new Promise((resolve) => this.child.once("exit", resolve));
  }

  type(text: string): void {
    this.child.stdin?.write(text);
  }

  /** Waits for a text behind what was waited for before; answers with all in between. */
  async see(wanted: string | RegExp): Promise<string> {
    const deadlineMs = Date.now() + 15_000;
    for (;;) {
      const rest = this.#text.slice(this.#seen);
      const at = typeof wanted === "string" ? rest.indexOf(wanted) : rest.search(wanted);
      if (at >= 0) {
        const length =
          typeof wanted === "string" ? wanted.length : (wanted.exec(rest)?.[0].length ?? 0);
        this.#seen += at + length;
        return rest.slice(0, at + length);
      }
      if (Date.now() > deadlineMs)
        throw new Error(`not seen: ${String(wanted)} in ${JSON.stringify(rest)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

async function open(
  words: string[] = ["sql", "--data", data],
  widthColumns?: number,
): Promise<Screen> {
  screen = new Screen(words, widthColumns);
  await screen.see("dosql> ");
  return screen;
}

describe.skipIf(NO_TERMINAL)("the prompt (skipped without util-linux' script)", () => {
  test("runs statements of several lines, and says what is wrong", async () => {
    const shown = await open();
    shown.type("SELECT name,\r");
    await shown.see("...> ");
    shown.type("  country FROM suppliers WHERE id = 3;\r");
    await shown.see(/ name +\| country\r\n -+\+-+\r\n O'Hara Tools \| IE\r\n\(1 row\)/);
    await shown.see("dosql> ");
    shown.type("SELECT nope;\r");
    await shown.see("dosql: no such column: nope");
    await shown.see("dosql> ");
    shown.type("BEGIN; SELECT 1;\r");
    await shown.see("dosql*> ");
    shown.type("ROLLBACK;\r");
    await shown.see("dosql> ");
    shown.type(CTRL_D);
    expect(await shown.ended).toBe(0);
  });

  test("has its own commands", async () => {
    const shown = await open();
    shown.type(".tables\r");
    expect(await shown.see("(6 rows)")).toMatch(/order_totals \| view/);
    shown.type(".schema stock\r");
    await shown.see(/CREATE TABLE stock \([^;]+\);/);
    shown.type(".timer on\r");
    shown.type("SELECT 1;\r");
    await shown.see(/time: \d/);
    shown.type(".help\r");
    await shown.see(".quit");
    shown.type(".nonsense\r");
    await shown.see("there is no command .nonsense");
    shown.type("\\q\r");
    expect(await shown.ended).toBe(0);
  });

  test("Ctrl-C drops what was typed, and cancels what runs", async () => {
    const shown = await open();
    shown.type("SELECT 'half");
    await shown.see("half");
    shown.type(CTRL_C);
    await shown.see("dosql> ");
    shown.type("SELECT 'wh' || 'ole';\r");
    await shown.see("\n whole");
    await shown.see("dosql> ");
    shown.type(ENDLESS);
    await shown.see("FROM n;");
    await new Promise((resolve) => setTimeout(resolve, 500));
    shown.type(CTRL_C);
    await shown.see("canceling statement due to user request");
    await shown.see("dosql> ");
    shown.type("SELECT 'still ' || 'here';\r");
    await shown.see("\n still here");
    shown.type(".quit\r");
    expect(await shown.ended).toBe(0);
  });

  test("Ctrl-C cancels on a server too", async () => {
    const { pgUrl } = await serve(path.join(scratch, "served"));
    const shown = await open(["sql", "--url", pgUrl]);
    shown.type(ENDLESS);
    await shown.see("FROM n;");
    await new Promise((resolve) => setTimeout(resolve, 500));
    shown.type(CTRL_C);
    await shown.see("canceling statement due to user request");
    await shown.see("dosql> ");
    shown.type(".quit\r");
    expect(await shown.ended).toBe(0);
  });

  test("remembers, for the user alone, and not what begins with a blank", async () => {
    const first = await open();
    first.type("SELECT 'remember' || ' me';\r");
    await first.see("\n remember me");
    await first.see("dosql> ");
    first.type(" SELECT 'for' || 'get';\r");
    await first.see("\n forget");
    first.type(CTRL_D);
    await first.ended;
    const history = path.join(scratch, "state", "dosql", "history");
    expect(fs.readFileSync(history, "utf8")).toBe("SELECT 'remember' || ' me';\n");
    expect(fs.statSync(history).mode & 0o777).toBe(0o600);
    const second = await open();
    second.type("\x1b[A\r");
    await second.see("\n remember me");
    second.type(CTRL_D);
    expect(await second.ended).toBe(0);
  });

  test("cuts cells to the terminal's width", async () => {
    const shown = await open(["sql", "--data", data], 40);
    shown.type("SELECT 1 AS a, replace(hex(zeroblob(50)), '00', 'x') AS b;\r");
    await shown.see(/\n 1 \| x+…\r\n/);
    shown.type(CTRL_D);
    expect(await shown.ended).toBe(0);
  });

  test("progress of an import is a bar that goes away", async () => {
    const file = path.join(scratch, "long.sql");
    fs.writeFileSync(file, `CREATE TABLE t (a);\n${"INSERT INTO t VALUES (1);\n".repeat(60_000)}`);
    screen = new Screen(["import", file, "--data", data]);
    await screen.see(/\[#+·*\] {2}\d+ % {2}[\d.]+ [kM]B of 1\.6 MB, [\d,]+ statements/);
    await screen.see(/\r\u001b\[Kimported .*: 60,001 statements/);
    expect(await screen.ended).toBe(0);
  });
});
