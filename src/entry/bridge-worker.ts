/** The main of a bridge worker: the socket of a remote database's connection. */
import { serveBridge } from "../platform/node/bridge/bridge-main.ts";

serveBridge();
