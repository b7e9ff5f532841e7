/** How SQLite 3.54 reads the values of PRAGMAs: it takes what it can, and complains of nothing. */

const LEVELS: Readonly<Record<string, bigint>> = {
  on: 1n,
  yes: 1n,
  true: 1n,
  no: 0n,
  off: 0n,
  false: 0n,
  full: 2n,
  extra: 3n,
};

/** A number's low eight bits, a word's level, or what stands for all else. */
export function safetyLevel(text: string, flagsOnly: boolean, otherwise: bigint): bigint {
  if (/^\d/.test(text)) {
    const number = atoi32(text);
    return flagsOnly && number !== 0n ? 1n : number & 255n;
  }
  const level = LEVELS[text.toLowerCase()] ?? otherwise;
  return flagsOnly && level > 1n ? otherwise : level;
}

/** A boolean; anything that is none is false. */
export function pragmaFlag(text: string): boolean {
  return safetyLevel(text.replace(/^['"]|['"]$/g, ""), true, 0n) !== 0n;
}

/** As `int32`; 0 for what is none. */
export function atoi32(text: string): bigint {
  return int32(text) ?? 0n;
}

/** The number that a text begins with; null for one without, and what does not fit into 32 bits. */
export function int32(text: string): bigint | null {
  const [, sign, hex, digits] = /^([-+]?)(?:0x([\da-f]+)|(\d+))/i.exec(text) ?? [];
  if (hex !== undefined) {
    const number = BigInt(`0x${hex}`);
    return sign === "" && number <= 0x7fffffffn ? number : null;
  }
  if (digits === undefined) return null;
  const number = BigInt(digits);
  if (sign === "-") return number <= 0x80000000n ? -number : null;
  return number <= 0x7fffffffn ? number : null;
}

/** As `atoi32` for 64 bits, with the nearest number for what does not fit. */
export function atoi64(text: string): bigint {
  const [, sign, hex, digits] = /^\s*([-+]?)(?:0x([\da-f]+)|(\d+))/i.exec(text) ?? [];
  if (hex !== undefined) return sign === "" ? BigInt.asIntN(64, BigInt(`0x${hex}`)) : 0n;
  const number = BigInt(digits ?? 0) * (sign === "-" ? -1n : 1n);
  const edge = 1n << 63n;
  return number < -edge ? -edge : number >= edge ? edge - 1n : number;
}
