import type { CliHost } from "./host.ts";
import type { Grammar, OptionSpec, ParsedArguments } from "./option-parser.ts";
import { COMMON_OPTIONS, valueName } from "./option-parser.ts";
import { EXIT_CODE_LINES } from "./exit-codes.ts";

/** One command of `dosql`. */
export interface Command extends Grammar {
  /** What it does, in one line. */
  readonly summary: string;
  /** Paragraphs under the summary. */
  readonly details?: readonly string[];
  readonly examples: readonly string[];
  /** Answers with the exit code; throws `DosqlError`. */
  run(given: ParsedArguments, host: CliHost): Promise<number>;
}

/** Options that say which database is meant. */
export const TARGET_OPTIONS: readonly OptionSpec[] = [
  { name: "data", kind: "text", value: "DIR", help: "a data folder (default ./data)" },
  {
    name: "url",
    kind: "text",
    value: "URL",
    help: "a running server: postgresql://user@host:port/main; password in PGPASSWORD",
  },
];

/** The help of one command. */
export function commandHelp(command: Command): string {
  const words = command.arguments.map((one) => (one.required ? one.name : `[${one.name}]`));
  const usage = ["dosql", command.command, "[options]", ...words].join(" ");
  const rows: [string, string][] = [
    ...command.arguments.map((one): [string, string] => [one.name, one.help]),
    ...[...command.options, ...COMMON_OPTIONS].map((spec): [string, string] => [
      optionName(spec),
      spec.help,
    ]),
  ];
  return [
    `${command.summary}`,
    "",
    `usage: ${usage}`,
    ...(command.details ?? []).flatMap((text) => ["", text]),
    "",
    ...columns(rows),
    "",
    "examples:",
    ...command.examples.map((line) => `  ${line}`),
    "",
    "exit codes:",
    ...EXIT_CODE_LINES.map((line) => `  ${line}`),
    "",
  ].join("\n");
}

function optionName(spec: OptionSpec): string {
  const short = spec.short === undefined ? "" : `-${spec.short}, `;
  return `${short}--${spec.name}${spec.kind === "flag" ? "" : ` ${valueName(spec)}`}`;
}

/** A longer left column stands on a line of its own. */
const MAX_LEFT_WIDTH = 28;

/** Two aligned columns, indented. */
export function columns(rows: readonly (readonly [string, string])[]): string[] {
  const widths = rows.map(([left]) => left.length).filter((width) => width <= MAX_LEFT_WIDTH);
  const width = Math.max(0, ...widths);
  return rows.flatMap(([left, right]) =>
    left.length <= MAX_LEFT_WIDTH
      ? [`  ${left.padEnd(width)}  ${right}`]
      : [`  ${left}`, `  ${" ".repeat(width)}  ${right}`],
  );
}
