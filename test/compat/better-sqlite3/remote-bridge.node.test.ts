import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import Database from "../../../src/entry/better-sqlite3.ts";
import { BridgePipe } from "../../../src/platform/node/bridge/bridge-pipe.ts";
import { startRemote } from "./remote-process.ts";
import type { PortProcess } from "./remote-process.ts";

const PROGRAM = path.join(import.meta.dirname, "bridge-program.ts");

let server: PortProcess;
beforeAll(async () => {
  server = await startRemote();
});
afterAll(() => server.stop());

const url = (name: string): string => `dosql://127.0.0.1:${server.port}/${name}`;

async function run(name: string, ...flags: string[]): Promise<{ code: unknown; said: string }> {
  const child = spawn(process.execPath, [...flags, PROGRAM, url(name), name], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (chunk) => (said += String(chunk)));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, said: said.trim() };
}

describe("a program behind the bridge", () => {
  it("misses no answer in many rounds", { timeout: 60_000 }, async () => {
    expect(await run("rounds")).toEqual({ code: 0, said: "20000" });
  });

  it("may exit in a callback, which undoes its transaction", async () => {
    expect(await run("exit")).toEqual({ code: 7, said: "" });
    const db = new Database(url("exit"), { timeout: 15_000 });
    expect(db.prepare("SELECT count(*) FROM left").pluck().get()).toBe(0);
    db.exec("INSERT INTO left VALUES (2)");
    db.close();
  });

  it("ends by itself while its database is open", async () => {
    expect(await run("open")).toEqual({ code: 0, said: "open" });
  });

  it("survives the collection of all it let go of", { timeout: 60_000 }, async () => {
    const sum = Array.from({ length: 400 }, (_, i) => 81 * i + (80 * 81) / 2);
    const said = String(sum.reduce((a, b) => a + b));
    expect(await run("garbage", "--expose-gc")).toEqual({ code: 0, said });
  });

  it("runs in eight threads at once", { timeout: 90_000 }, async () => {
    expect(await run("threads")).toEqual({ code: 0, said: "2400" });
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
