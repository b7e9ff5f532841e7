/** Main of a reader process; started by `ReaderPool`, never by hand. */
import { serveReads } from "../platform/node/reader-main.ts";

serveReads();
