/**
 * A module of this package's entries: it runs from TypeScript in a checkout and from JavaScript
 * when installed.
 *
 * @param base the URL of the module that asks
 */
export function moduleBeside(base: string, name: string): URL {
  const suffix = base.endsWith(".ts") ? "ts" : "js";
  return new URL(`./${name}.${suffix}`, base);
}
