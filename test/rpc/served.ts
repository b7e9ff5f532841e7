import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConnectOptions } from "../../src/entry/client.ts";
import { connect } from "../../src/entry/client.ts";
import type { Server } from "../../src/entry/server.ts";
import { serve } from "../../src/entry/server.ts";
import type { RemoteDatabase } from "../../src/rpc/client/remote-database.ts";

/** How a client reaches the server. */
export type Way = "ws" | "http";

/** A server in a folder of its own; removed at the end. */
export class Served implements AsyncDisposable {
  readonly folder: string = mkdtempSync(join(tmpdir(), "dosql-rpc-"));
  readonly #clients: RemoteDatabase[] = [];
  #server: Server | null = null;

  static async start(): Promise<Served> {
    const served = new Served();
    await served.restart();
    return served;
  }

  get server(): Server {
    if (this.#server === null) throw new Error("not started");
    return this.#server;
  }

  /** Ends the server and starts one on the same port. */
  async restart(): Promise<void> {
    const httpPort = this.#server === null ? 0 : Number(new URL(this.#server.httpUrl).port);
    await this.#server?.close();
    this.#server = null;
    this.#server = await serve({ data: join(this.folder, "data"), pgPort: 0, httpPort });
  }

  async stop(): Promise<void> {
    await this.#server?.close();
  }

  url(way: Way = "ws"): string {
    return this.server.httpUrl.replace(/^http/, way);
  }

  async connect(way: Way = "ws", options: Partial<ConnectOptions> = {}): Promise<RemoteDatabase> {
    const { token } = this.server;
    const client = await connect(this.url(way), { token, ...options });
    this.#clients.push(client);
    return client;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#clients) await client.close();
    await this.#server?.close();
    rmSync(this.folder, { recursive: true });
  }
}
