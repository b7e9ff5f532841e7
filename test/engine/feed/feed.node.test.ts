import { describe } from "vitest";
import { reference } from "../../platform/node/drivers.ts";
import { feedCases } from "./feed-cases.ts";
import { fileHome, memoryHome, sharedReaderHome } from "./node-homes.ts";

for (const home of [fileHome("node:sqlite"), sharedReaderHome, memoryHome]) {
  describe(home.name, () => {
    feedCases(home);
  });
}

describe.skipIf(!reference.ready)("a file on better-sqlite3", () => {
  feedCases(fileHome("better-sqlite3"));
});
