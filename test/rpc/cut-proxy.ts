import type { AddressInfo, Server, Socket } from "node:net";
import { connect, createServer } from "node:net";

/** A TCP proxy that loses connections on command. */
export class CutProxy implements AsyncDisposable {
  readonly #server: Server;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #cutAtAnswer = 0;
  /** Connections that clients made. */
  connections = 0;
  /** Bytes that went to clients. */
  sentBytes = 0;
  /** Connections that were cut. */
  cuts = 0;

  private constructor(targetPort: number) {
    this.#server = createServer((client) => {
      this.connections++;
      const server = connect(targetPort, "127.0.0.1");
      const pair = [client, server] as const;
      this.#pairs.add(pair);
      const end = (): void => {
        this.#pairs.delete(pair);
        client.destroy();
        server.destroy();
      };
      for (const one of pair) one.on("error", end).on("close", end);
      client.on("data", (data) => server.write(data));
      server.on("data", (data) => {
        if (this.#cutAtAnswer > 0) {
          this.#cutAtAnswer--;
          this.cuts++;
          end();
        } else {
          this.sentBytes += data.length;
          client.write(data);
        }
      });
    });
  }

  static async to(targetUrl: string): Promise<CutProxy> {
    const proxy = new CutProxy(Number(new URL(targetUrl).port));
    await new Promise<void>((resolve) => proxy.#server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The next answers are lost, and their connections with them. */
  cutAtAnswer(count = 1): void {
    this.#cutAtAnswer = count;
  }

  cutNow(): void {
    for (const [client, server] of this.#pairs) {
      client.destroy();
      server.destroy();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cutNow();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
