import type { AnyD1, AnyResult } from "../contract.ts";
import { encode } from "../encode.ts";
import { type Call, type Plain, valueOf } from "./call.ts";

/** What a database answers to calls, one after the other. */
export async function answersTo(db: AnyD1, calls: readonly Call[]): Promise<unknown[]> {
  await db.exec("CREATE TABLE warm (x)");
  await db.exec("INSERT INTO warm VALUES (1)");
  await db.exec("DROP TABLE warm");
  const answers: unknown[] = [];
  for (const call of calls) {
    try {
      answers.push(encode(await answerTo(db, call)));
    } catch (error) {
      answers.push({ failed: encode(error) });
    }
  }
  return answers;
}

async function answerTo(db: AnyD1, call: Call): Promise<unknown> {
  const bound = ({ sql, params }: Plain) => db.prepare(sql).bind(...params.map(valueOf));
  switch (call.kind) {
    case "all":
      return known(call.sql, await bound(call).all());
    case "raw":
      return bound(call).raw({ columnNames: true });
    case "first":
      return bound(call).first();
    case "batch": {
      const results = await db.batch(call.statements.map(bound));
      return results.map((result, i) => known(call.statements[i]?.sql ?? "", result));
    }
    case "exec":
      return (await db.exec(call.sql)).count;
  }
}

/** Of a definition D1 says that it changed nothing unless the file grew. */
function known(sql: string, result: AnyResult): unknown {
  if (!/^(?:CREATE|DROP|ALTER|ANALYZE)/.test(sql)) return result;
  const { changed_db: _, ...meta } = result.meta;
  return { ...result, meta };
}
