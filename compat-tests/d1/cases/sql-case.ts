import type { AnyD1, AnyResult, Ask, Case } from "../contract.ts";

/** A statement to ask, with its parameters. */
export type Question = string | readonly [sql: string, ...params: unknown[]];

/** What is asked of a result: all of it, or its rows alone where its counts are not the theme. */
type Form = "all" | "raw";

/** Statements of which D1 says that they changed nothing unless the file grew; `meta` asks that. */
const DEFINES = /^(?:CREATE|DROP|ALTER|ANALYZE|REINDEX)/;

function withoutChangedDb(result: AnyResult): AnyResult {
  const { changed_db: _, ...meta } = result.meta;
  return { ...result, meta };
}

async function askEach(
  db: AnyD1,
  ask: Ask,
  form: Form,
  questions: readonly Question[],
): Promise<void> {
  const counts = new Map<string, number>();
  for (const question of questions) {
    const [sql, ...params] = typeof question === "string" ? [question] : question;
    const plain = params.length === 0 ? sql : `${sql} <- ${JSON.stringify(params)}`;
    const times = (counts.get(plain) ?? 0) + 1;
    counts.set(plain, times);
    const label = shortened(times === 1 ? plain : `${plain} (${times})`);
    await ask(label, () => {
      const statement = params.length === 0 ? db.prepare(sql) : db.prepare(sql).bind(...params);
      if (form === "raw") return statement.raw({ columnNames: true });
      return statement
        .all()
        .then((result) => (DEFINES.test(sql) ? withoutChangedDb(result) : result));
    });
  }
}

/** A label that a person can read. */
function shortened(label: string): string {
  return label.length <= 160 ? label : `${label.slice(0, 120)}… (${label.length})`;
}

/** A case that is nothing but statements: some to begin with, then those that are asked. */
export function sqlCase(
  name: string,
  setup: readonly string[],
  questions: readonly Question[],
  form: Form = "all",
): Case {
  return {
    name,
    async run(db, ask) {
      if (setup.length > 0) await db.batch(setup.map((sql) => db.prepare(sql)));
      await askEach(db, ask, form, questions);
    },
  };
}

/** As `sqlCase`, with the rows and the column names alone. */
export function rowsCase(
  name: string,
  setup: readonly string[],
  questions: readonly Question[],
): Case {
  return sqlCase(name, setup, questions, "raw");
}
