import type { Session } from "../../../engine/session/session.ts";
import type { LayoutCache } from "../result-layout.ts";
import type { Settings } from "../settings/settings.ts";
import type { Channel } from "../startup/handshake.ts";
import type { NoticeSender } from "./notices.ts";
import type { ParsedTexts } from "./parsed-texts.ts";
import type { Portals } from "./portals.ts";
import type { PreparedStatements } from "./prepared-statements.ts";
import type { TransactionBlock } from "./transaction-block.ts";

/** Who is connected to what. */
export interface Identity {
  readonly user: string;
  readonly database: string;
}

/** What the parts of a session share. */
export interface SessionContext {
  readonly channel: Channel;
  readonly identity: Identity;
  readonly session: Session;
  readonly settings: Settings;
  readonly block: TransactionBlock;
  readonly portals: Portals;
  readonly statements: PreparedStatements;
  readonly texts: ParsedTexts;
  readonly layouts: LayoutCache;
  readonly notices: NoticeSender;
}
