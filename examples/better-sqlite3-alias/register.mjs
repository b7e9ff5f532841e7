/*
 * `node --import dosql-as-better-sqlite3/register program.js`: whatever asks for better-sqlite3 in
 * the program, by import or require, gets dosql/better-sqlite3. Needs Node 22.15.
 */
import { registerHooks } from "node:module";

const led = { url: new URL("./main.js", import.meta.url).href, shortCircuit: true };

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === "better-sqlite3") return led;
    const found = next(specifier, context);
    // Test runners resolve names themselves, and then ask for the file.
    const folder = /^.*\/node_modules\/better-sqlite3\/(?=lib\/index\.js$)/.exec(found.url)?.[0];
    if (folder === undefined) return found;
    // DoSQL loads the real one from inside of it.
    return context.parentURL?.startsWith(folder) ? found : led;
  },
});
