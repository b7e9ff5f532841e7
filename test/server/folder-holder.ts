// A process that claims a data folder, says so, and keeps it until its input ends.
import { nodeFolderHome } from "../../src/entry/node/node-home.ts";
import { openDataFolder } from "../../src/server/data-folder.ts";

try {
  openDataFolder(nodeFolderHome(), process.argv[2] ?? "", { create: true });
  process.stdout.write("claimed\n");
  process.stdin.resume();
  process.stdin.once("end", () => process.exit(0));
} catch (error) {
  const { code, message } = error as { code?: string; message?: string };
  process.stdout.write(`${code}: ${message}\n`);
}
