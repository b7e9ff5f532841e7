import type { Row } from "../../../base/value.ts";
import type { RowShape } from "../datatypes/row-writer.ts";
import { pgError } from "../errors.ts";
import type { PreparedStatement } from "./prepared-statements.ts";

/** A statement with its values, ready to run or half read. */
export interface Portal {
  readonly name: string;
  readonly statement: PreparedStatement;
  readonly params: Row;
  /** How its rows are written; null when it returns none. */
  readonly shape: RowShape | null;
  /** Savepoints that were open when it was made: it does not outlive them. */
  readonly depth: number;
  /** What running it gave; null before. Rows stay here while the client fetches them in parts. */
  result: PortalResult | null;
}

export interface PortalResult {
  readonly rows: readonly Row[];
  /** The tag, given the rows of one Execute. */
  readonly tag: (rowCount: number) => string;
  /** Rows already sent. */
  position: number;
}

/** The portals of one session. */
export class Portals {
  readonly #portals = new Map<string, Portal>();

  /** The unnamed portal is replaced, a named one has to be closed before. */
  add(portal: Portal): void {
    if (portal.name !== "" && this.#portals.has(portal.name)) {
      throw pgError("42P03", `cursor "${portal.name}" already exists`);
    }
    this.#portals.set(portal.name, portal);
  }

  get(name: string): Portal {
    const portal = this.#portals.get(name);
    if (portal === undefined) throw pgError("34000", `portal "${name}" does not exist`);
    return portal;
  }

  close(name: string): void {
    this.#portals.delete(name);
  }

  /** The transaction ended. */
  closeAll(): void {
    if (this.#portals.size > 0) this.#portals.clear();
  }

  /** Savepoints from a depth on are gone. */
  closeFrom(depth: number): void {
    for (const portal of this.#portals.values()) {
      if (portal.depth >= depth) this.#portals.delete(portal.name);
    }
  }
}
