import { describe } from "vitest";
import { durableHome } from "./durable-home.workers.ts";
import { feedCases } from "./feed-cases.ts";

describe(durableHome.name, () => {
  feedCases(durableHome);
});
