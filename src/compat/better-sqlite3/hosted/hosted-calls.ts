import type { EmbeddedFunction } from "../../../ports/embedded-driver.ts";
import type { AggregateSettings, FunctionSettings } from "../surface.ts";
import type { WorkerStep, WorkerTable } from "../worker/worker-message.ts";

/** Calls a function of the program. */
export type CallProgram = (body: number, step: WorkerStep, args: unknown[]) => unknown;

type Callback = (...args: never[]) => unknown;

/** What the library is told of a function; INTEGERs arrive as bigints. */
export function settingsOf({ arity, ...given }: EmbeddedFunction): FunctionSettings {
  const { deterministic, directOnly } = given;
  return { varargs: arity < 0, deterministic, directOnly, safeIntegers: true };
}

export function functionFor(call: CallProgram, body: number, arity: number): Callback {
  return declaring(arity, (...args: unknown[]) => call(body, "call", args));
}

/** An aggregate whose state here is a number, under which the program has the real one. */
export function aggregateFor(
  call: CallProgram,
  body: number,
  { definition, inverse }: { readonly definition: EmbeddedFunction; readonly inverse: boolean },
): AggregateSettings<unknown> {
  const advance = (step: WorkerStep): ((...args: unknown[]) => void) =>
    declaring(Math.max(0, definition.arity) + 1, (...args: unknown[]) => {
      call(body, step, args);
    });
  return {
    ...settingsOf(definition),
    start: () => call(body, "start", []),
    step: advance("step"),
    ...(inverse ? { inverse: advance("inverse") } : {}),
    result: (state) => call(body, "result", [state]),
  };
}

/** What a module of virtual tables is to the library. */
export function moduleFor(call: CallProgram, body: number, table: WorkerTable | null): object {
  if (table !== null) return tableFor(call, body, 0, table);
  return function define(this: Record<"module" | "database" | "table", string>, ...args: string[]) {
    const { module, database, table: name } = this;
    const made = call(body, "define", [[module, database, name], args]) as {
      readonly number: number;
      readonly table: WorkerTable;
    };
    return tableFor(call, body, made.number, made.table);
  };
}

function tableFor(call: CallProgram, body: number, number: number, table: WorkerTable): object {
  return {
    ...table,
    safeIntegers: true,
    *rows(...args: unknown[]): Generator<unknown> {
      const rows = call(body, "open", [number, ...args]);
      let open = true;
      try {
        for (;;) {
          // Whatever fails there has ended it.
          open = false;
          const row = call(body, "next", [rows]);
          if (row === null) return;
          open = true;
          yield row;
        }
      } finally {
        if (open) call(body, "close", [rows]);
      }
    },
  };
}

/** The library reads off a function how many arguments it takes. */
function declaring<Body extends Callback>(length: number, body: Body): Body {
  return Object.defineProperty(body, "length", { value: Math.max(0, length) });
}
