/*
 * Stands in front of a server and speaks TLS as Postgres does: an SSLRequest, a byte, then the
 * handshake. `argv[2]` is the server's port; says its own.
 */
import { readFileSync } from "node:fs";
import * as net from "node:net";
import path from "node:path";
import * as tls from "node:tls";

const SSL_REQUEST_BYTES = 8;
const read = (name: string): Buffer => readFileSync(path.join(import.meta.dirname, "tls", name));
const secureContext = tls.createSecureContext({
  key: read("key.pem"),
  cert: read("certificate.pem"),
});

const server = net.createServer((plain) => {
  plain.on("error", () => undefined);
  plain.once("data", (request) => {
    if (request.length !== SSL_REQUEST_BYTES) {
      plain.destroy();
      return;
    }
    plain.pause();
    plain.write("S");
    const secure = new tls.TLSSocket(plain, { isServer: true, secureContext });
    const inner = net.connect(Number(process.argv[2]), "127.0.0.1");
    secure.on("error", () => inner.destroy());
    inner.on("error", () => secure.destroy());
    secure.pipe(inner).pipe(secure);
  });
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${(server.address() as net.AddressInfo).port}\n`);
});
process.stdin.resume();
process.stdin.once("end", () => process.exit(0));
