/*
 * Stands in front of a server of port `argv[2]`, on a port and on the path `argv[4]`, and spoils
 * the answer to whatever holds the word "marked", as `argv[3]` says. Says its port.
 */
import * as net from "node:net";

const [, , server = "", how = "", path = ""] = process.argv;

function said(type: string, severity: string, text: string): Buffer {
  const body = Buffer.from(`S${severity}\0V${severity}\0C57P01\0M${text}\0\0`);
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}

const NOTICE = said("N", "NOTICE", "by the way");
const FATAL = said("E", "FATAL", "closed for today");

const spoilers: Readonly<Record<string, (client: net.Socket, answer: Buffer) => void>> = {
  /** It was done, and nobody hears of it. */
  cut: (client) => client.destroy(),
  /** The same, in the middle of the news. */
  half: (client, answer) => client.end(answer.subarray(0, 9)),
  /** The last words come in one piece with the answer. */
  ends: (client, answer) => client.end(Buffer.concat([answer, FATAL])),
  /** The connection goes on. */
  notice: (client, answer) => client.write(Buffer.concat([answer, NOTICE])),
};

const serve = (client: net.Socket): void => {
  const inner = net.connect(Number(server), "127.0.0.1");
  let marked = false;
  client.on("error", () => undefined);
  inner.on("error", () => undefined);
  client.on("data", (request) => {
    if (how === "refuses" && request.includes("marked")) {
      client.removeAllListeners("data").pause().end(FATAL);
      inner.destroy();
      setTimeout(() => client.destroy(), 100);
      return;
    }
    marked ||= request.includes("marked");
    inner.write(request);
  });
  inner.on("data", (answer) => {
    if (marked) spoilers[how]?.(client, answer);
    else client.write(answer);
    marked = false;
  });
  client.on("close", () => inner.destroy());
};

net.createServer(serve).listen(path);
const listener = net.createServer(serve).listen(0, "127.0.0.1", () => {
  const { port } = listener.address() as net.AddressInfo;
  if (process.platform === "linux") net.createServer(serve).listen(port, "127.0.0.2");
  process.stdout.write(`${port}\n`);
});
process.stdin.resume();
process.stdin.once("end", () => process.exit(0));
