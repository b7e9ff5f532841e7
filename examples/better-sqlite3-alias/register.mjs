/*
 * `node --import dosql-as-better-sqlite3/register program.js`: whatever asks for better-sqlite3 in
 * the program, by import or require, gets dosql/better-sqlite3. Needs Node 22.15.
 */
import { registerHooks } from "node:module";

const alias = new URL("./main.js", import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== "better-sqlite3") return next(specifier, context);
    return { url: alias, shortCircuit: true };
  },
});
