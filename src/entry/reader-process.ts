/** Main of a reader process; started by `ReaderPool`, never by hand. */
import { pastTasks } from "../engine/time/past-task.ts";
import { serveReads } from "../platform/node/reader/reader-main.ts";

serveReads(pastTasks());
