import { expect } from "vitest";

/** What a call of a batch came to. */
export interface RawAnswer {
  readonly kind: "resolve" | "reject";
  /** As it came. */
  readonly text: string;
}

/** Sends the lines of an HTTP batch; the answers by the number of their call. */
export async function rawBatch(
  send: (body: string) => Promise<string>,
  messages: readonly unknown[],
): Promise<Map<number, RawAnswer>> {
  const body = await send(messages.map((message) => JSON.stringify(message)).join("\n"));
  const answers = new Map<number, RawAnswer>();
  for (const text of body.split("\n")) {
    const [kind, id] = JSON.parse(text) as [RawAnswer["kind"], number];
    if (kind === "resolve" || kind === "reject") answers.set(id, { kind, text });
  }
  return answers;
}

/** The answer to one call of a session. */
export async function rawCall(
  send: (body: string) => Promise<string>,
  call: object,
): Promise<RawAnswer> {
  const answers = await rawBatch(send, [
    ["push", ["pipeline", 0, ["session"], [{}]]],
    ["push", ["pipeline", 1, ["run"], [JSON.stringify(call)]]],
    ["pull", 2],
  ]);
  const answer = answers.get(2);
  expect(answer).toBeDefined();
  return answer as RawAnswer;
}
