import { DosqlError } from "../base/errors.ts";
import type { Command } from "./command.ts";
import { EXIT } from "./exit-codes.ts";
import type { CliHost } from "./host.ts";
import { openSettings } from "./init/init-open.ts";
import type { Settings } from "./init/init-settings.ts";
import type { EntryFile, Moved, Steps } from "./init/init-steps.ts";
import {
  addRpcFlag,
  bindService,
  bindShards,
  bindingsToMove,
  databasesToMake,
  makeRoom,
  wrapMain,
} from "./init/init-steps.ts";
import type { ParsedArguments } from "./option-parser.ts";

/** For a Worker that has no D1 database yet. */
const NEW_BINDING: Moved = { binding: "DB", database: "main", index: null };
/** Files are for everybody to read, as editors make them. */
const FILE_MODE = 0o644;

/** Puts DoSQL where a Worker's D1 bindings are. */
export const initCommand: Command = {
  command: "init",
  summary: "Put DoSQL behind the D1 bindings of a Worker.",
  details: [
    "Changes wrangler's settings in this folder, and nothing else in them: comments and format\n" +
      "stay. A second run changes nothing. Sections of single environments are left alone.",
    "Without --d1-binding the databases are Durable Objects of the Worker itself, and main is a\n" +
      "new file that wraps the application (withDoSQL): no file of yours is changed.",
    "With --d1-binding they are those of another Worker, whose entrypoint DoSQLD1 is bound as a\n" +
      "D1 database; main stays. That form of binding is experimental at Cloudflare.",
  ],
  arguments: [],
  options: [
    { name: "config", kind: "text", value: "FILE", help: "wrangler's settings" },
    {
      name: "out",
      kind: "text",
      value: "FILE",
      help: "write them here, and leave the others alone",
    },
    { name: "name", kind: "text", value: "NAME", help: "give the Worker another name" },
    {
      name: "binding",
      kind: "many",
      value: "NAME",
      help: "a binding to move (default: all of D1's)",
    },
    {
      name: "database",
      kind: "text",
      value: "NAME",
      help: "the database behind it (default: main; of several, the names of D1's)",
    },
    { name: "d1-binding", kind: "flag", help: "bind the service of a DoSQL Worker as D1" },
    { name: "service", kind: "text", value: "NAME", help: "with --d1-binding: its name (dosql)" },
    { name: "dry-run", kind: "flag", help: "say what would be changed, and change nothing" },
    { name: "json", kind: "flag", help: "print the outcome as one line of JSON" },
  ],
  examples: [
    "dosql init",
    "dosql init --out wrangler.dosql.jsonc --name shop-dosql",
    "dosql init --d1-binding --service dosql --dry-run",
  ],
  async run(given, host) {
    const { path, settings } = openSettings(host.files, given.text("config"));
    const before = settings.text;
    const steps: Steps = [];
    const { entry, databases } = change(given, settings, steps);
    rename(settings, given.text("name"), steps);
    const target = given.text("out") ?? path;
    checkTarget(host, path, target);
    // The module first: settings that name a missing one would be worse than nothing.
    const writes = plannedWrites(host, [
      ...(entry === null ? [] : [{ ...inFolder(host, target, entry), replaces: false }]),
      ...(settings.text === before && target === path
        ? []
        : [{ path: target, text: settings.text, replaces: target === path }]),
    ]);
    const dryRun = given.flag("dry-run");
    if (!dryRun) for (const { path: file, text } of writes) write(host, file, text);
    const outcome: Outcome = {
      dryRun,
      files: writes.map((one) => one.path),
      changes: steps,
      notes: notesOf(settings, databases),
    };
    await host.out.write(given.flag("json") ? `${JSON.stringify(outcome)}\n` : told(outcome));
    return EXIT.ok;
  },
};

interface Outcome {
  readonly dryRun: boolean;
  readonly files: readonly string[];
  readonly changes: readonly string[];
  readonly notes: readonly string[];
}

/** Paths in the settings are meant from their folder, and a copy is of the same form. */
function checkTarget({ files }: CliHost, path: string, target: string): void {
  const folder = (of: string): string => files.absolute(files.parent(of));
  if (path.endsWith(".toml") !== target.endsWith(".toml")) {
    throw new DosqlError("invalid-argument", `${target} would hold what ${path} holds`, {
      hint: path.endsWith(".toml") ? "let it end in .toml" : "let it end in .json or .jsonc",
    });
  }
  if (folder(path) === folder(target)) return;
  throw new DosqlError("invalid-argument", `${target} is in another folder than ${path}`, {
    hint: "paths in the settings are meant from their folder",
  });
}

/** What the user has to know of what was not done. */
function notesOf(settings: Settings, databases: readonly string[]): string[] {
  return [
    ...(settings.hasEnvironments()
      ? ["sections of environments (env.…) have bindings of their own: they were not changed"]
      : []),
    ...(databases.length > 0
      ? [
          `make the databases ${databases.join(", ")} before their first query: ` +
            "wrangler d1 create NAME, with CLOUDFLARE_API_BASE_URL=https://WORKER/client/v4",
        ]
      : []),
  ];
}

interface Write extends EntryFile {
  /** The file is there, and its text was read. */
  readonly replaces: boolean;
}

interface Changed {
  readonly entry: EntryFile | null;
  /** To be made, when the Worker runs. */
  readonly databases: readonly string[];
}

function change(given: ParsedArguments, settings: Settings, steps: Steps): Changed {
  const moved = bindingsToMove(settings, given.many("binding"), given.text("database"));
  if (!given.flag("d1-binding")) {
    if (given.text("service") !== undefined) {
      throw new DosqlError("invalid-argument", "--service has no meaning without --d1-binding");
    }
    return wrapApplication(settings, moved, steps);
  }
  const bound = moved.filter((one) => {
    makeRoom(settings, one, steps);
    return bindService(settings, one, given.text("service") ?? "dosql", steps);
  });
  if (moved.length > 0) addRpcFlag(settings, steps);
  return { entry: null, databases: databasesToMake(bound) };
}

/** A Worker of another name has databases of its own, and an address of its own. */
function rename(settings: Settings, name: string | undefined, steps: Steps): void {
  if (name === undefined || settings.string("name") === name) return;
  settings.setString("name", name);
  steps.push(`name: ${name}`);
}

function wrapApplication(settings: Settings, moved: readonly Moved[], steps: Steps): Changed {
  const some = moved.length > 0 ? moved : [NEW_BINDING];
  const entry = wrapMain(settings, some, steps);
  if (entry !== null) for (const one of moved) makeRoom(settings, one, steps);
  bindShards(settings, steps);
  return { entry, databases: entry === null ? [] : databasesToMake(some) };
}

/** `main` is meant from the folder of the settings. */
function inFolder(host: CliHost, settingsPath: string, entry: EntryFile): EntryFile {
  return { ...entry, path: host.files.join(host.files.parent(settingsPath), entry.path) };
}

/** What is to be written; what is there already is left out. */
function plannedWrites(host: CliHost, writes: readonly Write[]): Write[] {
  return writes.filter(({ path, text, replaces }) => {
    const there = host.files.readText(path);
    if (there === null || replaces) return true;
    if (there === text) return false;
    throw new DosqlError("bad-file", `${path} exists already, with something else in it`, {
      hint: "look at it, and move it away if it is not needed",
    });
  });
}

function write(host: CliHost, path: string, text: string): void {
  if (host.files.createText(path, text, FILE_MODE)) return;
  host.files.replaceText(path, text, FILE_MODE);
}

function told({ dryRun, files, changes, notes }: Outcome): string {
  if (files.length === 0) return ["nothing to do", ...notes, ""].join("\n");
  const verb = dryRun ? "would write" : "wrote";
  return [
    ...files.map((file) => `${verb} ${file}`),
    ...changes.map((line) => `  ${line}`),
    ...notes.map((line) => `note: ${line}`),
    "",
  ].join("\n");
}
