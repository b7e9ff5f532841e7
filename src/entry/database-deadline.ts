/** Main of the thread that watches over the deadlines of a process with a database. */
import { EXPIRED } from "../compat/better-sqlite3/worker/worker-message.ts";
import { watchDeadlines } from "../platform/node/bridge/deadline-watch.ts";

watchDeadlines(EXPIRED);
