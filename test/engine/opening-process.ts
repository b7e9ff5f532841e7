import { open } from "../../src/entry/main.ts";

/** A process that waits for a moment, opens a file and says whether it could. */
const [file = "", moment = "0"] = process.argv.slice(2);
while (Date.now() < Number(moment));
try {
  const database = open(file, { capture: "on" });
  console.log("open");
  await database.close();
} catch (error) {
  console.log(String(error));
}
