import { compareBinding } from "./comparison.ts";

// A process for each database takes its time to start.
compareBinding("worker", { conversations: 10, timeoutMs: 180_000 });
