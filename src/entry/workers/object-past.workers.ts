import { DosqlError } from "../../base/errors.ts";
import type { Moment } from "../../base/moment.ts";
import type { ShardName } from "../../engine/archive/shard-archive.ts";
import { MetaTable } from "../../engine/meta-table.ts";
import type { Statement } from "../../engine/session/session.ts";
import type { Shard } from "../../engine/shard.ts";
import type { PointInTime } from "../../engine/time/point-in-time.ts";
import { momentKey, momentOf } from "../../engine/time/point-in-time.ts";
import { wholePast } from "../../engine/time/whole-past.ts";
import type { IntegerMode } from "../../ports/sql-driver.ts";
import type { WireAnswer } from "../../rpc/shard-wire.ts";
import { toWireError } from "../../rpc/shard-wire.ts";

/** A `DoSQLPast`, as far as it is asked. */
export interface PastStub {
  read(
    name: ShardName,
    moment: Moment,
    statements: readonly Statement[],
    integers: IntegerMode,
  ): Promise<WireAnswer>;
}

/** The namespace of `DoSQLPast`, as far as it is asked. */
export interface PastNamespace {
  idFromName(name: string): unknown;
  // The runtime's own parameter type; a method's parameters are compared in both directions.
  get(id: never): object;
}

/** Where the past is found that an object's log no longer holds. */
export interface PastPlace {
  /** The database in the archive; null without one. */
  readonly name: ShardName | null;
  /** Null where nothing is bound. */
  readonly namespace: PastNamespace | null;
}

/** What is asked. */
interface PastQuestion {
  readonly statements: readonly Statement[];
  readonly integers: IntegerMode;
  readonly asOf: PointInTime | undefined;
}

/**
 * Asks for what the log no longer holds where it may be found.
 *
 * @param gone the answer of the object itself
 */
export async function askPast(
  shard: Shard,
  { name, namespace }: PastPlace,
  question: PastQuestion,
  gone: WireAnswer,
): Promise<WireAnswer> {
  if (!("error" in gone) || gone.error.code !== "history-gone" || name === null) return gone;
  try {
    if (namespace === null) {
      throw new DosqlError("history-gone", gone.error.message, {
        hint: "the archive may hold it: bind the class DoSQLPast as DOSQL_PAST",
      });
    }
    const { statements, asOf, integers } = question;
    const { moment, texts } = atOneTime(shard, statements, asOf);
    // A database that was deleted here and made anew has another log, and other copies.
    const epoch = String(new MetaTable(shard.reader.driver).read("epoch"));
    const key = `${name.database}/${epoch}/${momentKey(moment)}`;
    const stub = namespace.get(namespace.idFromName(key) as never) as PastStub;
    const answer = await stub.read(name, moment, texts, integers);
    if ("error" in answer) return answer;
    const sizeBytes = shard.writer.driver.sizeBytes();
    return { results: answer.results, seen: shard.bookmarks.current, sizeBytes };
  } catch (error) {
    return { error: toWireError(error) };
  }
}

/** @throws DosqlError `unsupported` where several times are asked for at once */
function atOneTime(
  shard: Shard,
  statements: readonly Statement[],
  asOf: PointInTime | undefined,
): { readonly moment: Moment; readonly texts: readonly Statement[] } {
  const everywhere = asOf === undefined ? null : momentOf(asOf);
  const texts = statements.map((statement) => wholePast(shard, statement, everywhere));
  const moment = texts[0]?.moment;
  const found = texts.flatMap((text) => {
    if (text === null || moment === undefined) return [];
    return momentKey(text.moment) === momentKey(moment) ? [text] : [];
  });
  if (moment !== undefined && found.length === texts.length) {
    return { moment, texts: found.map(({ sql, params }) => ({ sql, params })) };
  }
  throw new DosqlError("unsupported", "what the log no longer holds can be read at one time only", {
    hint: "all tables of the statement as of the same time, or dosql(db).at(time)",
  });
}
