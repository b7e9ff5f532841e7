import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import Database from "../../../src/entry/better-sqlite3.ts";
import { BridgePipe } from "../../../src/platform/node/bridge/bridge-pipe.ts";
import { startRemote, WAYS } from "./remote-process.ts";
import type { RemoteProcess, Way } from "./remote-process.ts";

const PROGRAM = path.join(import.meta.dirname, "bridge-program.ts");

let server: RemoteProcess;
beforeAll(async () => {
  server = await startRemote();
});
afterAll(() => server.stop());

interface Said {
  readonly code: unknown;
  readonly said: string;
}

const run = (way: Way, name: string, ...flags: string[]): Promise<Said> =>
  runAt(server.url(`${name}_${way}`, way), name, ...flags);

async function runAt(url: string, name: string, ...flags: string[]): Promise<Said> {
  const child = spawn(process.execPath, [...flags, PROGRAM, url, name], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (chunk) => (said += String(chunk)));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, said: said.trim() };
}

describe.each(WAYS)("a program whose server is reached by %s", (way) => {
  it("misses no answer in many rounds", { timeout: 60_000 }, async () => {
    expect(await run(way, "rounds")).toEqual({ code: 0, said: "20000" });
  });

  it("may exit in a callback, which undoes its transaction", async () => {
    expect(await run(way, "exit")).toEqual({ code: 7, said: "" });
    const db = new Database(server.url(`exit_${way}`, way), { timeout: 15_000 });
    expect(db.prepare("SELECT count(*) FROM left").pluck().get()).toBe(0);
    db.exec("INSERT INTO left VALUES (2)");
    db.close();
  });

  it("ends by itself while its database is open", async () => {
    expect(await run(way, "open")).toEqual({ code: 0, said: "open" });
  });

  it("survives the collection of all it let go of", { timeout: 60_000 }, async () => {
    const sum = Array.from({ length: 400 }, (_, i) => 81 * i + (80 * 81) / 2);
    const said = String(sum.reduce((a, b) => a + b));
    expect(await run(way, "garbage", "--expose-gc")).toEqual({ code: 0, said });
  });

  it("gives back the connections of what it let go of", { timeout: 60_000 }, async () => {
    const small = await startRemote("--connections", "30");
    const said = await runAt(small.url("left", way), "left", "--expose-gc");
    await small.stop();
    expect(said).toEqual({ code: 0, said: "60" });
  });

  it.runIf(process.platform === "linux")("gathers no threads where nobody is", async () => {
    const gone = await startRemote();
    await gone.stop();
    const said = await runAt(gone.url("nobody", way), "nobody");
    expect(said).toEqual({ code: 0, said: "0" });
  });

  it("runs in eight threads at once", { timeout: 90_000 }, async () => {
    expect(await run(way, "threads")).toEqual({ code: 0, said: "2400" });
  });
});

describe.each(WAYS)("values by %s", (way) => {
  it("may be longer than any buffer between, there and back", () => {
    const db = new Database(server.url(`long_${way}`, way));
    const echo = db.prepare("SELECT ? || '.'").pluck();
    const repeat = db.prepare("SELECT ? || replace(hex(zeroblob(?)), '00', 'ä')").pluck();
    for (const size of [65_530, 300_000, 5_000_000]) {
      const text = "x€".repeat(size / 2);
      expect(echo.get(text) === `${text}.`, `${size}`).toBe(true);
      expect(repeat.get("a", size) === `a${"ä".repeat(size)}`, `${size}`).toBe(true);
      // After a long one, short ones are as ever.
      expect(echo.get("short")).toBe("short.");
    }
    const blob = db.prepare("SELECT ?").pluck();
    const [first, second] = [blob.get(Buffer.alloc(9, 1)), blob.get(Buffer.alloc(9, 2))];
    // What was read stays what it was when the next answer comes.
    expect([first, second]).toEqual([Buffer.alloc(9, 1), Buffer.alloc(9, 2)]);
    db.close();
  });
});

describe("a bridge worker", () => {
  const failing = new URL("./failing-bridge.ts", import.meta.url);
  const open = (how: string): BridgePipe => {
    const pipe = new BridgePipe(
      failing,
      {
        label: how,
        host: "",
        port: 0,
        socket: null,
        tls: null,
        user: "",
        password: null,
        parameters: [],
      },
      null,
      2,
    );
    pipe.connect();
    return pipe;
  };

  const exchange = (pipe: BridgePipe): Uint8Array | null => {
    pipe.begin(new Uint8Array(5));
    return pipe.finish();
  };

  it.each(["hangs", "throws"])("that %s is noticed, and replaced", (how) => {
    const pipe = open(how);
    expect(() => exchange(pipe)).toThrow("the thread that holds the connection");
    // Nothing is sent before it is connected again.
    expect(exchange(pipe)).toBeNull();
    pipe.connect();
    pipe.close();
  });

  it("whose connection had ended says so", () => {
    const pipe = open("ended");
    expect(exchange(pipe)).toBeNull();
    pipe.close();
  });
});
