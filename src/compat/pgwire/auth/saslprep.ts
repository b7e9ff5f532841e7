type Ranges = readonly (readonly [first: number, last: number])[];

/** RFC 3454 B.1: characters that stand for nothing. */
const NOTHING: Ranges = [
  [0x00ad, 0x00ad],
  [0x034f, 0x034f],
  [0x1806, 0x1806],
  [0x180b, 0x180d],
  [0x200b, 0x200d],
  [0x2060, 0x2060],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
];

/** RFC 3454 C.1.2: blanks other than the ASCII one. */
const BLANKS: Ranges = [
  [0x00a0, 0x00a0],
  [0x1680, 0x1680],
  [0x2000, 0x200b],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
];

/** RFC 3454 C.2.1, C.2.2, C.3 to C.9: what no prepared string may hold. */
const PROHIBITED: Ranges = [
  [0x0000, 0x001f],
  [0x007f, 0x009f],
  [0x0340, 0x0341],
  [0x06dd, 0x06dd],
  [0x070f, 0x070f],
  [0x180e, 0x180e],
  [0x200c, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x2063],
  [0x206a, 0x206f],
  [0x2ff0, 0x2ffb],
  [0xd800, 0xf8ff],
  [0xfdd0, 0xfdef],
  [0xfeff, 0xfeff],
  [0xfff9, 0xffff],
  [0x1d173, 0x1d17a],
  [0xe0001, 0xe0001],
  [0xe0020, 0xe007f],
  [0xf0000, 0x10ffff],
];

/** RFC 3454 D.1, by block: letters that are written from right to left. */
const RIGHT_TO_LEFT: Ranges = [
  [0x05be, 0x05be],
  [0x05c0, 0x05c0],
  [0x05c3, 0x05c3],
  [0x05d0, 0x05f4],
  [0x061b, 0x064a],
  [0x066d, 0x066f],
  [0x0671, 0x06d5],
  [0x06dd, 0x06dd],
  [0x06e5, 0x06e6],
  [0x06fa, 0x0710],
  [0x0712, 0x072c],
  [0x0780, 0x07a5],
  [0x07b1, 0x07b1],
  [0x200f, 0x200f],
  [0xfb1d, 0xfb1d],
  [0xfb1f, 0xfb28],
  [0xfb2a, 0xfd3d],
  [0xfd50, 0xfdfc],
  [0xfe70, 0xfefc],
];

function within(ranges: Ranges, code: number): boolean {
  return ranges.some(([first, last]) => code >= first && code <= last);
}

function mapped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  // In this order: the zero width space is in both lists.
  if (within(BLANKS, code)) return " ";
  return within(NOTHING, code) ? "" : character;
}

/**
 * RFC 4013 as Postgres uses it: a password that cannot be prepared is taken as it is. Every
 * code point that is unassigned in Unicode 3.2 would be prohibited, too; that table is left
 * out, because it matters only for a password that normalisation changes besides.
 */
export function saslPrep(password: string): string {
  if (/^[\x20-\x7e]*$/.test(password)) return password;
  const prepared = Array.from(password, mapped).join("").normalize("NFKC");
  const codes = Array.from(prepared, (character) => character.codePointAt(0) ?? 0);
  if (codes.length === 0 || codes.some((code) => within(PROHIBITED, code))) return password;
  return isOneDirection(prepared, codes) ? prepared : password;
}

/** Text from right to left begins and ends so, and holds no letter of the other direction. */
function isOneDirection(prepared: string, codes: readonly number[]): boolean {
  const flags = codes.map((code) => within(RIGHT_TO_LEFT, code));
  if (!flags.includes(true)) return true;
  if (flags[0] !== true || flags.at(-1) !== true) return false;
  return !Array.from(prepared).some(
    (character, index) => flags[index] !== true && /\p{L}/u.test(character),
  );
}
