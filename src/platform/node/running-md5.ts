import { createHash } from "node:crypto";

/** An MD5 that is fed piece by piece; for the checksums of uploads only. */
export function runningMd5(): { update(bytes: Uint8Array): void; end(): string } {
  const hash = createHash("md5");
  return {
    update(bytes) {
      hash.update(bytes);
    },
    end: () => hash.digest("hex"),
  };
}
