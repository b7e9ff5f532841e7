import { compareBinding } from "./comparison.ts";
import { BINDINGS } from "./libraries.ts";

for (const binding of BINDINGS) {
  compareBinding(binding, { conversations: 100, timeoutMs: 20_000 });
}
