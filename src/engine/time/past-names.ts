import { DosqlError } from "../../base/errors.ts";
import type { Moment } from "../../base/moment.ts";
import type { HistoryCopy } from "../../ports/history-host.ts";
import type { CreateView } from "../../sql/ast/schema.ts";
import { applyEdits } from "../../sql/change/edit.ts";
import { quoteIdentifier } from "../../sql/quote.ts";
import { attemptSqlite } from "../../sql/read/attempt.ts";
import type { CheckedLog } from "./checked-log.ts";
import { CopySchema, fillFromCopy } from "./copy-schema.ts";
import type { Ground } from "./ground.ts";
import { History } from "./history.ts";
import { PastSchema } from "./past-schema.ts";
import type { PastView } from "./past-schema.ts";
import { PastText } from "./past-text.ts";
import { momentKey } from "./point-in-time.ts";
import { Twin } from "./twin.ts";
import { foldName } from "../../sql/fold-name.ts";

/** Copies of the database as of moments that the log does not hold, by `momentKey`. */
type HistoryCopies = ReadonlyMap<string, HistoryCopy>;

/** What was found out about a statement before it runs again. */
export interface KnownPast {
  /** Of its tables, in their order. */
  readonly moments: readonly Moment[];
  readonly copies: HistoryCopies;
}

/** Where a moment's schema is found, and what tells it from those of other moments. */
interface PastSource {
  readonly key: string;
  readonly schema: PastSchema | CopySchema;
}

/** What stands for the names of the past in one statement; each thing is made once. */
export class PastNames {
  readonly #ground: Ground;
  readonly #copies: HistoryCopies;
  readonly #checked: CheckedLog;
  readonly #sources = new Map<string, PastSource>();
  readonly #made = new Map<string, string>();
  /** Views whose text is being read. */
  readonly #open = new Set<string>();
  #history: History | null = null;

  constructor(ground: Ground, copies: HistoryCopies, checked: CheckedLog) {
    this.#ground = ground;
    this.#checked = checked;
    this.#copies = copies;
  }

  /**
   * The table or view, in SQL, that has what a name stood for.
   *
   * @param asksRowid the hidden rowid may be asked for
   */
  find(name: string, moment: Moment, asksRowid: boolean): string {
    return this.#find(name, this.#sourceOf(moment), asksRowid, name);
  }

  /** What the table was called whose rows stand in one of these; undefined for other tables. */
  called(table: string): string | undefined {
    return this.#ground.calledBy(table);
  }

  /** @param shown the name as errors have it */
  #find(name: string, source: PastSource, asksRowid: boolean, shown: string): string {
    const key = `${source.key} ${String(asksRowid)} ${foldName(name)}`;
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const found = source.schema.find(name, shown);
    const made =
      found.kind === "view"
        ? this.#view(found, source, key)
        : found.kind === "table"
          ? new Twin(this.#ground, found).make(asksRowid)
          : fillFromCopy(this.#ground, found, asksRowid);
    this.#made.set(key, made);
    return made;
  }

  #sourceOf(moment: Moment): PastSource {
    const wanted = momentKey(moment);
    let source = this.#sources.get(wanted);
    if (source === undefined) {
      source = this.#openSource(moment, wanted);
      this.#sources.set(wanted, source);
    }
    return source;
  }

  #openSource(moment: Moment, wanted: string): PastSource {
    const copy = this.#copies.get(wanted);
    if (copy !== undefined) return { key: wanted, schema: new CopySchema(copy.driver) };
    this.#history ??= new History(this.#ground.driver);
    const at = this.#history.position(moment);
    this.#checked.require(this.#ground.driver, this.#history.log, at);
    return { key: `at ${at}`, schema: new PastSchema(this.#history, at) };
  }

  /** The view's own text, over the tables of then. */
  #view({ name, sql }: PastView, source: PastSource, key: string): string {
    if (this.#open.has(key)) {
      throw new DosqlError("sqlite", `view ${name} is circularly defined`, {
        sqlite: "SQLITE_ERROR",
      });
    }
    this.#open.add(key);
    const definition = definitionOf(name, sql);
    const { start, end } = definition.query;
    const text = new PastText(sql, definition.query, true);
    const edits = text.edits((one) =>
      // In a view, SQLite completes the names.
      this.#find(one.name, source, text.asksRowid, `main.${one.name}`),
    );
    this.#open.delete(key);
    const inside = [...edits, ...text.nameEdits(edits)].map((edit) => {
      return { ...edit, start: edit.start - start, end: edit.end - start };
    });
    const view = this.#ground.name("view", name);
    const columns = definition.columns.map(({ text: column }) => quoteIdentifier(column)).join();
    const named = columns === "" ? view : `${view} (${columns})`;
    const query = applyEdits(sql.slice(start, end), inside);
    this.#ground.make("VIEW", view, `CREATE VIEW ${named} AS ${query}`);
    return view;
  }
}

function definitionOf(name: string, sql: string): CreateView {
  const parsed = attemptSqlite(sql);
  if (!(parsed instanceof DosqlError) && parsed.statement?.kind === "create-view") {
    return parsed.statement;
  }
  throw new DosqlError(
    "unsupported",
    `FOR SYSTEM_TIME AS OF on view ${name} is not supported: its text cannot be read`,
  );
}
