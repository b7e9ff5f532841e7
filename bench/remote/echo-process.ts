/** Sends back what it is sent, over a path's socket: what an answer costs without a database. */
import { createServer } from "node:net";

const server = createServer((socket) => socket.pipe(socket));
server.listen(process.argv[2], () => process.send?.("ready"));
process.once("disconnect", () => process.exit());
