/**
 * The main of a process or a worker of this package: an entry, which runs from TypeScript in a
 * checkout and from JavaScript when installed.
 *
 * @param name the entry's file in `src/entry`, without its suffix
 */
export function processMain(name: string): URL {
  const suffix = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return new URL(`./${name}.${suffix}`, import.meta.url);
}
