import { pgFatal } from "../errors.ts";

/**
 * Reads the `options` of a startup packet: arguments of a server's command line, of which the
 * ones that set a parameter are taken (`-c name=value`, `-cname=value`, `--name=value`).
 *
 * @example
 * parseCommandLine("-c dosql.dialect=sqlite"); // [["dosql.dialect", "sqlite"]]
 */
export function parseCommandLine(options: string): readonly (readonly [string, string])[] {
  const settings: (readonly [string, string])[] = [];
  const words = splitWords(options);
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (word === "-c") {
      index++;
      settings.push(assignment(words[index] ?? "", "-c"));
    } else if (word.startsWith("-c") || word.startsWith("--")) {
      settings.push(assignment(word.slice(2), word.slice(0, 2)));
    } else {
      throw pgFatal("42601", `invalid command-line argument for server process: ${word}`, {
        hint: "Only -c name=value and --name=value are known.",
      });
    }
  }
  return settings;
}

/** Words end at blanks; a backslash takes the next character as it is. */
function splitWords(options: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < options.length; at++) {
    let character = options.charAt(at);
    if (/[ \t\n\v\f\r]/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
      continue;
    }
    if (character === "\\") {
      at++;
      character = options.charAt(at);
    }
    word = (word ?? "") + character;
  }
  if (word !== null) words.push(word);
  return words;
}

function assignment(text: string, option: string): readonly [string, string] {
  const equals = text.indexOf("=");
  if (equals <= 0) {
    const given = option === "--" ? `--${text}` : `-c ${text}`;
    throw pgFatal("42601", `${given} requires a value`);
  }
  // As Postgres reads both forms: a dash in the name stands for an underscore.
  return [text.slice(0, equals).replaceAll("-", "_"), text.slice(equals + 1)];
}
