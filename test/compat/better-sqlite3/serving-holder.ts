// A process that owns a data folder as a server does, says so, and keeps it until its input ends.
import { nodeFolderHome } from "../../../src/entry/node/node-home.ts";
import { openDataFolder } from "../../../src/server/data-folder.ts";

const folder = openDataFolder(nodeFolderHome(), process.argv[2] ?? "", { create: true });
folder.announce({
  pgUrl: "postgres://127.0.0.1:5555/main",
  httpUrl: "http://127.0.0.1:5556",
});
process.stdout.write("serving\n");
process.stdin.resume();
process.stdin.once("end", () => process.exit(0));
