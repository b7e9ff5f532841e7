/** Phrases of keywords, each with a mark; the beginning of one that is none itself has none. */
export type Phrases = ReadonlyMap<string, string>;

/** Builds phrases from lines of a mark (which may be empty), `:`, and phrases between commas. */
export function phrases(text: string): Phrases {
  const table = new Map<string, string>();
  for (const line of text.trim().split("\n")) {
    const [mark = "", list = ""] = line.split(":");
    for (const phrase of list.split(",")) {
      const words = phrase.split(" ");
      for (let count = 1; count < words.length; count++) {
        const beginning = words.slice(0, count).join(" ");
        if (!table.has(beginning)) table.set(beginning, "");
      }
      table.set(phrase, `:${mark}`);
    }
  }
  return table;
}
