const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const IPV6 = /^\[[0-9a-f:.]+\]$/i;

/**
 * Whether a `Host` header can be trusted. A rebinding attack needs a name that its owner points
 * at this machine, so addresses and `localhost` are safe; other names must be allowed.
 */
export function isTrustedHost(header: string, allowed: readonly string[]): boolean {
  const match = /^(\[[^\]]*\]|[^:]*)(?::\d{1,5})?$/.exec(header.trim().toLowerCase());
  const name = match?.[1];
  if (name === undefined || name === "") return false;
  if (name === "localhost" || name.endsWith(".localhost")) return true;
  return IPV4.test(name) || IPV6.test(name) || allowed.some((one) => one.toLowerCase() === name);
}

/** Whether an address that a server binds to can be reached from this machine only. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, "");
  return (
    name === "localhost" ||
    name === "::1" ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name) ||
    /^::ffff:127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name)
  );
}
