/** What the tests share that follow a migration guide to the letter. */
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

/** A fenced block of a guide. */
export interface GuideBlock {
  /** The heading that it is under. */
  readonly section: string;
  readonly language: string;
  /** The file that it is to be put into. */
  readonly file: string;
  readonly text: string;
}

export function blocksOf(markdown: string): GuideBlock[] {
  const blocks: GuideBlock[] = [];
  let section = "";
  for (const piece of markdown.split(/^(?=## |```)/m)) {
    const fence = /^```(\w+) ?(\S*)\n([\s\S]*)$/.exec(piece);
    if (piece.startsWith("## ")) section = piece.slice(3, piece.indexOf("\n"));
    else if (fence !== null) {
      const [, language = "", file = "", text = ""] = fence;
      blocks.push({ section, language, file, text });
    }
  }
  return blocks;
}

/** A port that nobody had a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
