import type { Rule, Tree } from "./source.ts";

/** No file reaches itself through its imports, type imports included. */
export const cycles: Rule = function* (tree) {
  const done = new Set<string>();
  for (const start of tree.keys()) {
    const found = findCycle(tree, start, done);
    if (found === null) continue;
    const [first] = found;
    const message = `import cycle: ${[...found, first].join(" → ")}`;
    yield { rule: "cycles", path: first, line: 1, message };
  }
};

/** Depth first from `start`; files whose imports were all followed before are not entered again. */
function findCycle(
  tree: Tree,
  start: string,
  done: Set<string>,
): readonly [string, ...string[]] | null {
  const trail: string[] = [];
  const step = (path: string): readonly [string, ...string[]] | null => {
    const at = trail.indexOf(path);
    if (at !== -1) return [path, ...trail.slice(at + 1)];
    if (done.has(path)) return null;
    trail.push(path);
    for (const { target } of tree.get(path)?.mentions ?? []) {
      const found = target === null || !tree.has(target) ? null : step(target);
      if (found !== null) return found;
    }
    trail.pop();
    done.add(path);
    return null;
  };
  const found = step(start);
  for (const path of trail) done.add(path);
  return found;
}
