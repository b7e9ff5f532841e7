/*
 * Runs tests that are written for mocha inside of a Durable Object, over its storage: the little of
 * mocha that the upstream suite uses. Bundled with the suite's files by durable.ts.
 */
import type { AnyClass } from "../contract.ts";

type Body = (this: object) => unknown;

interface Suite {
  readonly title: string;
  readonly parent: Suite | null;
  readonly hooks: Readonly<Record<"before" | "after" | "beforeEach" | "afterEach", Body[]>>;
  readonly children: (Suite | Test)[];
}

interface Test {
  readonly title: string;
  readonly body: Body;
}

/** How a test went; `message` is null for one that passed. */
export interface Outcome {
  readonly title: string;
  readonly message: string | null;
}

function suiteOf(title: string, parent: Suite | null): Suite {
  const hooks = { before: [], after: [], beforeEach: [], afterEach: [] };
  return { title, parent, hooks, children: [] };
}

/** Declares and runs the tests of one file. */
export class Runner {
  readonly #root = suiteOf("", null);
  #current = this.#root;
  readonly outcomes: Outcome[] = [];

  /** What the tests find in the global scope. */
  get globals(): object {
    const it = Object.assign((title: string, body: Body) => this.#add({ title, body }), {
      skip: () => undefined,
    });
    const hook = (name: keyof Suite["hooks"]) => (body: Body) =>
      this.#current.hooks[name].push(body);
    return {
      it,
      specify: it,
      describe: (title: string, body: Body) => this.#describe(title, body),
      before: hook("before"),
      after: hook("after"),
      beforeEach: hook("beforeEach"),
      afterEach: hook("afterEach"),
    };
  }

  async run(): Promise<void> {
    // Methods of mocha's own on `this`.
    await this.#run(this.#root, { slow: () => undefined, timeout: () => undefined });
  }

  #add(test: Test): void {
    this.#current.children.push(test);
  }

  #describe(title: string, body: Body): void {
    const outer = this.#current;
    const suite = suiteOf(title, outer);
    outer.children.push(suite);
    this.#current = suite;
    Reflect.apply(body, {}, []);
    this.#current = outer;
  }

  async #run(suite: Suite, context: object): Promise<void> {
    for (const hook of suite.hooks.before) await Reflect.apply(hook, context, []);
    for (const child of suite.children) {
      if ("children" in child) await this.#run(child, context);
      else await this.#test(suite, child, context);
    }
    for (const hook of suite.hooks.after) await Reflect.apply(hook, context, []);
  }

  async #test(suite: Suite, { title, body }: Test, context: object): Promise<void> {
    const chain: Suite[] = [];
    for (let one: Suite | null = suite; one !== null; one = one.parent) chain.unshift(one);
    let message: string | null = null;
    const attempt = async (step: Body): Promise<void> => {
      try {
        await Reflect.apply(step, context, []);
      } catch (error) {
        message ??= error instanceof Error ? error.message : String(error);
      }
    };
    for (const hook of chain.flatMap(({ hooks }) => hooks.beforeEach)) await attempt(hook);
    if (message === null) await attempt(body);
    for (const hook of chain.toReversed().flatMap(({ hooks }) => hooks.afterEach)) {
      await attempt(hook);
    }
    const titles = [...chain.map((one) => one.title), title].filter((one) => one !== "");
    this.outcomes.push({ title: titles.join(" "), message });
  }
}

/** What `require("../.")` gives, once, to all files. */
export const target: { Database: AnyClass } = { Database: null };
