import { DosqlError } from "../../base/errors.ts";
import { checkIdentity } from "../../engine/database-identity.ts";
import { acceptSocket } from "../../platform/workers/accepted-socket.ts";
import { workersClock } from "../../platform/workers/clock.ts";
import { workersEntropy } from "../../platform/workers/entropy.ts";
import { upgraded } from "../../platform/workers/hibernating-socket.ts";
import type { Access } from "../../rpc/api/access.ts";
import type { Caller } from "../../rpc/api/endpoint.ts";
import { RpcEndpoint } from "../../rpc/api/endpoint.ts";
import { RPC_PROTOCOL } from "../../rpc/api/rpc-protocol.ts";
import type { StatementTexts } from "../../rpc/api/statement-texts.ts";
import { NARROW_LIMITS } from "../../rpc/api/target-parts.ts";
import type { Permission } from "../../rpc/api/token-access.ts";
import { CallBudget } from "../../rpc/call-budget.ts";
import { FeedStub } from "../../rpc/feed-stub.ts";
import type { ConnectNamed } from "../../rpc/named-shard.ts";
import { BARE, expectingService } from "../../rpc/named-shard.ts";
import { sessionDatabase } from "../../rpc/shard-session.ts";
import { MAIN_DATABASE } from "../../server/directory/database-name.ts";
import { VERSION } from "../../server/version.ts";

/** A Worker's invocation makes 1,000 calls to objects at most; some may be under way at the end. */
const MAX_CALLS = 900;

/** What a client of this Worker may do, and where. */
export interface SessionParts {
  readonly caller: Caller;
  readonly permission: Permission;
  /** The object of the database. */
  readonly connect: ConnectNamed;
  readonly texts: StatementTexts;
}

/**
 * Serves a client's WebSocket out of the Worker: it ends here, and an open transaction holds the
 * object as everybody's does, by its own binding.
 *
 * @throws DosqlError `no-such-database`
 */
export async function serveSessions(request: Request, parts: SessionParts): Promise<Response> {
  const access = await sessionAccess(parts);
  const endpoint = new RpcEndpoint({
    clock: workersClock,
    texts: parts.texts,
    version: VERSION,
    limits: NARROW_LIMITS,
    authorize: async () => access,
  });
  const { 0: client, 1: server } = new WebSocketPair();
  acceptSocket(server, (socket) => endpoint.serve(request, socket));
  return upgraded(client, RPC_PROTOCOL);
}

async function sessionAccess({ caller, permission, connect }: SessionParts): Promise<Access> {
  const { database: name } = caller;
  const home = { clock: workersClock, entropy: workersEntropy };
  const isMain = name === MAIN_DATABASE;
  const epoch = isMain ? null : await epochOf(connect, caller.epoch);
  let end = (_error: DosqlError): void => undefined;
  const budget = new CallBudget(MAX_CALLS, workersClock, () => end(spent()));
  const service = budget.limited(expectingService(connect, epoch ?? BARE));
  const feed = new FeedStub(() => service, home);
  return {
    ...permission,
    name,
    database: sessionDatabase(() => service, feed, workersEntropy),
    ...(epoch === null ? {} : { epoch }),
    async head() {
      await feed.slots.list();
      return feed.head;
    },
    watchEnd: (ended) => (end = ended),
  };
}

/** @throws DosqlError `no-such-database`, also when it is another one than the client opened */
async function epochOf(connect: ConnectNamed, expected: number | null): Promise<number> {
  return checkIdentity(await connect().databaseIdentity(), expected).epoch;
}

/** The client comes again by itself. */
function spent(): DosqlError {
  return new DosqlError("connection", "the Worker has made all the calls that it can");
}
