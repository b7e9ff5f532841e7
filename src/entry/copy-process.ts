/** Main of a process that copies databases; started by `CopyMaker`, never by hand. */
import { makeCopies } from "../platform/node/copy/copy-main.ts";

makeCopies();
