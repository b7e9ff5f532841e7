/** Strings over several lines, strings, comments: whatever may hold a bracket or a `#`. */
const PIECE = /"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|#[^\n]*/g;

const KEY = /^\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*=\s*(.*?)\s*$/;

/** The strings of one `[[name]]` table; null where the value is something else. */
export type TomlTable = ReadonlyMap<string, string | null>;

/**
 * All tables `[[name]]` of a TOML text, or null when the name is given in another form (an inline
 * array). Only what is needed to find a few strings in somebody's settings: everything else is
 * passed over, and nothing is validated.
 */
export function tomlTables(text: string, name: string): TomlTable[] | null {
  const tables: Map<string, string | null>[] = [];
  let current: Map<string, string | null> | null = null;
  let atRoot = true;
  for (const line of withoutComments(text).split("\n")) {
    if (/^\s*\[/.test(line)) {
      atRoot = false;
      current = headName(line) === name ? new Map<string, string | null>() : null;
      if (current !== null) tables.push(current);
      continue;
    }
    const found = KEY.exec(line);
    if (found === null) continue;
    const key = found[1] ?? found[2] ?? found[3] ?? "";
    if (atRoot && key === name) return null;
    current?.set(key, stringValue(found[4] ?? ""));
  }
  return tables;
}

function withoutComments(text: string): string {
  return text.replace(PIECE, (piece) => {
    if (piece.startsWith("#")) return "";
    return piece.startsWith('"""') || piece.startsWith("'''") ? "multiline" : piece;
  });
}

function headName(line: string): string | null {
  const found = /^\s*\[\[\s*(?:"([^"]*)"|'([^']*)'|([\w.-]+))\s*\]\]\s*$/.exec(line);
  return found?.[1] ?? found?.[2] ?? found?.[3] ?? null;
}

function stringValue(text: string): string | null {
  const literal = /^'([^']*)'$/.exec(text)?.[1];
  if (literal !== undefined) return literal;
  // Escapes that JSON does not know are rare enough to be refused as no simple string.
  if (!/^".*"$/.test(text)) return null;
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === "string" ? value : null;
  } catch {
    return null;
  }
}
