/*
 * For `node --import`: leads every `import` and `require` of better-sqlite3 to `driver.ts`, which
 * alone gets the real library.
 */
import { registerHooks } from "node:module";

const driver = new URL("./driver.ts", import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== "better-sqlite3" || context.parentURL === driver) {
      return next(specifier, context);
    }
    return { url: driver, format: "module-typescript", shortCircuit: true };
  },
});
