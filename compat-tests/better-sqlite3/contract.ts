/*
 * What better-sqlite3 does, as questions without answers: each case asks a class and notes what
 * came back. The answers of the real library are the right ones; ours are compared with them.
 */
import { encode } from "./encode.ts";

/** The class under question. Loose, as misuse is asked too. */
export type AnyClass = any;
/** An opened database of either side. */
export type AnyDatabase = any;

/** What a case works with. */
export interface Stage {
  readonly Database: AnyClass;
  /** A database in memory, closed when the case ends. */
  open(options?: object): AnyDatabase;
  /** A path in an empty folder of the case's own. */
  file(name: string): string;
  /** Does something and notes under `label` what it returned or threw. */
  ask(label: string, body: () => unknown): void;
  /** The same for a promise. */
  askLater(label: string, body: () => Promise<unknown>): Promise<void>;
}

/** One theme. */
export interface Case {
  readonly name: string;
  run(stage: Stage): void | Promise<void>;
}

/** Answers by label, in a form that compares as JSON. */
export type Answers = Record<string, unknown>;

/** Asks one case of one class, with files below `folder`. */
export async function answer(theCase: Case, Database: AnyClass, folder: string): Promise<Answers> {
  const answers: Answers = {};
  const opened: AnyDatabase[] = [];
  const note = (label: string, value: unknown): void => {
    if (Object.hasOwn(answers, label))
      throw new Error(`${theCase.name}: "${label}" is asked twice`);
    answers[label] = withoutFolder(value, folder);
  };
  const stage: Stage = {
    Database,
    open(options) {
      const database = new Database(":memory:", options);
      opened.push(database);
      return database;
    },
    file: (name) => `${folder}/${name}`,
    ask(label, body) {
      try {
        note(label, encode(body()));
      } catch (error) {
        note(label, { thrown: encode(error) });
      }
    },
    async askLater(label, body) {
      try {
        note(label, encode(await body()));
      } catch (error) {
        note(label, { rejected: encode(error) });
      }
    },
  };
  await theCase.run(stage);
  for (const database of opened) database.close();
  return answers;
}

/** Each side works in a folder of its own; its name is no answer. */
function withoutFolder(value: unknown, folder: string): unknown {
  return JSON.parse(JSON.stringify(value ?? null).replaceAll(folder, "<folder>"));
}
