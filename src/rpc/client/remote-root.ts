import { RpcSession } from "capnweb";
import type { RpcTransport } from "capnweb";
import type { RemoteRoot } from "../api/remote-api.ts";
import type { Stub } from "./remote-stub.ts";

/** The server's first object, as it is reached over a connection. */
export function remoteRoot(transport: RpcTransport): Stub<RemoteRoot> {
  return new RpcSession(transport).getRemoteMain() as unknown as Stub<RemoteRoot>;
}
