import { describeObjectStore } from "../../platform/object-store-contract.ts";
import { MemoryStore } from "./memory-store.ts";

describeObjectStore("memory", async () => new MemoryStore());
