import { DosqlError } from "../../base/errors.ts";
import type { Column } from "../../sql/ast/leaf.ts";
import type { ObjectName } from "../../sql/ast/name.ts";
import type { AsOf, TableRef } from "../../sql/ast/query.ts";
import type { Node, Statement } from "../../sql/ast/statement.ts";
import { byStart } from "../../sql/change/edit.ts";
import type { Edit } from "../../sql/change/edit.ts";
import { ResultNames } from "../../sql/change/result-names.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import { isCommonTable, walkScopes } from "../../sql/read/scope.ts";
import type { Scope } from "../../sql/read/scope.ts";
import { walk } from "../../sql/tree/walk.ts";
import { foldName } from "../../sql/fold-name.ts";

/** The value behind AS OF: where its expression stands. */
export interface PastValue {
  readonly start: number;
  readonly end: number;
  /** It stood in `lsn(…)`. */
  readonly isLsn: boolean;
}

/** A table that a statement reads as it was. */
export interface PastSource {
  readonly name: string;
  /** Null where it says nothing itself: the whole statement is as of some time. */
  readonly value: PastValue | null;
}

interface Place extends PastSource {
  readonly start: number;
  readonly end: number;
  /** What follows the name in FROM; null behind IN, where there is no name. */
  readonly alias: string | null;
}

/**
 * The tables that a statement reads as they were, and how its text becomes one that reads other
 * tables in their places. Only what must change does, so that result columns keep their names.
 */
export class PastText {
  /** A hidden rowid may be asked for: a query cannot stand in a table's place. */
  readonly asksRowid: boolean;
  readonly #places: readonly Place[];
  readonly #qualified: readonly Column[];
  readonly #results: ResultNames;

  /**
   * @param sql the text in which the statement stands
   * @param everywhere whether also the tables are meant that say nothing themselves
   * @throws DosqlError `unsupported` for what cannot be read as of a time
   */
  constructor(sql: string, statement: Statement, everywhere: boolean) {
    const finder = new Finder(sql, everywhere);
    walkScopes(statement, (node, scope) => finder.visit(node, scope));
    this.asksRowid = finder.asksRowid;
    this.#places = finder.places.sort(byStart);
    this.#qualified = finder.qualified;
    this.#results = finder.results;
  }

  get sources(): readonly PastSource[] {
    return this.#places;
  }

  /** What to change, in order. `stand` answers with the table, in SQL, that stands for a source. */
  edits(stand: (source: PastSource, index: number) => string): Edit[] {
    const edits: Edit[] = this.#places.map((place, index) => {
      const { start, end, alias } = place;
      const table = stand(place, index);
      return { start, end, text: alias === null ? `(SELECT * FROM ${table})` : table + alias };
    });
    const names = new Set(this.#places.map(({ name }) => foldName(name)));
    for (const { table } of this.#qualified) {
      if (table === null || !names.has(foldName(table.name.text))) continue;
      // Another table answers to the name, in another schema.
      edits.push({ start: table.start, end: table.end, text: quoteIdentifier(table.name.text) });
    }
    return edits.sort(byStart);
  }

  /** What else to change, so that result columns keep their names whatever those edits do. */
  nameEdits(edits: readonly Edit[]): Edit[] {
    return this.#results.edits(edits);
  }
}

const ROWID = /^(?:rowid|oid|_rowid_)$/i;

class Finder {
  readonly places: Place[] = [];
  readonly qualified: Column[] = [];
  readonly results: ResultNames;
  asksRowid = false;
  readonly #everywhere: boolean;
  readonly #targets = new Set<TableRef>();

  constructor(sql: string, everywhere: boolean) {
    this.#everywhere = everywhere;
    this.results = new ResultNames(sql);
  }

  visit(node: Node, scope: Scope): void {
    switch (node.kind) {
      case "insert":
      case "update":
      case "delete":
        this.#targets.add(node.table);
        break;
      case "table":
        this.#table(node, scope);
        break;
      case "table-function":
        for (const { call } of node.sources) {
          if (call.kind === "call") this.#function(call.name.name.text);
        }
        break;
      case "in":
        if (node.source.kind === "object-name") this.#set(node.source, scope);
        else if (node.source.kind === "call") this.#function(node.source.name.name.text);
        break;
      case "result":
        this.results.note(node);
        break;
      case "column":
        this.asksRowid ||= ROWID.test(node.name.text);
        if (node.table?.schema?.text.toLowerCase() === "main") this.qualified.push(node);
        break;
      default:
    }
  }

  #table(table: TableRef, scope: Scope): void {
    if (this.#targets.has(table)) return;
    const common = isCommonTable(table.name, scope);
    if (table.asOf === null && (common || !this.#everywhere)) return;
    const name = table.name.name.text;
    if (common) throw unsupported(`on ${name}, which WITH defines,`);
    if (table.indexedBy !== null) throw unsupported(`with INDEXED BY ${table.indexedBy.text}`);
    refuseSchema(table.name);
    const called = quoteIdentifier(table.alias?.name?.text ?? name);
    this.places.push({
      start: table.start,
      end: table.end,
      name,
      value: table.asOf === null ? null : this.#value(table.asOf),
      alias: ` AS ${called}${table.notIndexed ? " NOT INDEXED" : ""}`,
    });
  }

  #set(name: ObjectName, scope: Scope): void {
    if (!this.#everywhere || isCommonTable(name, scope)) return;
    refuseSchema(name);
    const { start, end } = name;
    this.places.push({ start, end, name: name.name.text, value: null, alias: null });
  }

  /** Pragmas tell what the schema is now. */
  #function(name: string): void {
    if (this.#everywhere && /^pragma_/i.test(name)) throw unsupported(`on ${name}`);
  }

  #value({ value }: AsOf): PastValue {
    const isLsn =
      value.kind === "call" &&
      value.name.schema === null &&
      value.name.name.text.toLowerCase() === "lsn";
    if (isLsn && value.arguments.length !== 1) {
      throw new DosqlError("invalid-argument", "lsn() takes one number", { at: value.start });
    }
    const inner = isLsn ? (value.arguments[0] ?? value) : value;
    walk(inner, ({ kind, start }) => {
      if (kind !== "query") return;
      throw new DosqlError("unsupported", "a query behind AS OF is not supported", {
        at: start,
        hint: "ask for the time first, and bind it as a parameter",
      });
    });
    return { start: inner.start, end: inner.end, isLsn };
  }
}

function refuseSchema({ schema, name }: ObjectName): void {
  if (schema === null || schema.text.toLowerCase() === "main") return;
  throw new DosqlError("sqlite", `no such table: ${schema.text}.${name.text}`, {
    sqlite: "SQLITE_ERROR",
  });
}

function unsupported(what: string): DosqlError {
  return new DosqlError("unsupported", `FOR SYSTEM_TIME AS OF ${what} is not supported`);
}
