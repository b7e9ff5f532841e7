import { expect, it } from "vitest";
import { CanonicalReader } from "../../../src/engine/log/canonical-reader.ts";
import { CanonicalWriter } from "../../../src/engine/log/canonical-writer.ts";
import { VALUES } from "./sample-entries.ts";

it("brings every value back as it was", () => {
  const writer = new CanonicalWriter();
  writer.row([...VALUES]);
  const reader = new CanonicalReader(writer.copy(), "bytes");
  const back = reader.row();
  expect(back.length).toBe(VALUES.length);
  for (const [i, value] of VALUES.entries()) {
    expect(typeof back[i]).toBe(typeof value);
    expect(Object.is(back[i], value) || value instanceof Uint8Array, String(value)).toBe(true);
  }
  expect(back).toEqual(VALUES);
  expect(reader.left).toBe(0);
});

it("writes what its comment says", () => {
  const writer = new CanonicalWriter();
  writer.row([null, -2n, 1.5, "é", new Uint8Array([9])]);
  const hex = Array.from(writer.view(), (byte) => byte.toString(16).padStart(2, "0")).join("");
  expect(hex).toBe(
    "00000005" +
      "00" +
      "01fffffffffffffffe" +
      "023ff8000000000000" +
      "0300000002c3a9" +
      "040000000109",
  );
  writer.reset();
  writer.u64(2 ** 53 - 1);
  expect([...writer.view()]).toEqual([0, 31, 255, 255, 255, 255, 255, 255]);
});

it("grows with what is written and keeps it", () => {
  const writer = new CanonicalWriter();
  const long = "ü".repeat(5_000);
  for (let i = 0; i < 20; i++) writer.value(long);
  const reader = new CanonicalReader(writer.copy(), "bytes");
  for (let i = 0; i < 20; i++) expect(reader.value()).toBe(long);
});

it("keeps the bytes of a text that is not UTF-8", () => {
  const bytes = Uint8Array.from([3, 0, 0, 0, 4, 0x61, 0xff, 0xc3, 0xa9]);
  const value = new CanonicalReader(bytes, "the file").value();
  expect(value).toBe("a\udcffé");
  const writer = new CanonicalWriter();
  writer.value(value);
  expect(writer.copy()).toEqual(bytes);
  // Names are never such texts.
  const name = new CanonicalReader(bytes.subarray(1), "the file");
  expect(() => name.text()).toThrow(/a text is not UTF-8/);
});

it("refuses lengths that nothing stands behind, before it makes room for them", () => {
  const cases: [string, number[]][] = [
    ["a text", [3, 255, 255, 255, 255, 65]],
    ["a blob", [4, 0x7f, 255, 255, 255]],
    ["an integer", [1, 0, 0]],
    ["a real", [2, 0, 0, 0, 0, 0, 0, 0]],
    ["an unknown tag", [5]],
    ["nothing", []],
  ];
  for (const [name, bytes] of cases) {
    const reader = new CanonicalReader(Uint8Array.from(bytes), "the file");
    expect(() => reader.value(), name).toThrow(/^the file is damaged: /);
  }
  const row = new CanonicalReader(Uint8Array.from([0, 1, 0, 0, ...new Uint8Array(9)]), "the file");
  expect(() => row.row()).toThrow(/a row is too long/);
  const nulls = new Uint8Array(70_004);
  new DataView(nulls.buffer).setUint32(0, 70_000);
  expect(() => new CanonicalReader(nulls, "the file").row()).toThrow(/a row is too long/);
  const big = new CanonicalReader(new Uint8Array(8).fill(255), "the file");
  expect(() => big.u64()).toThrow(/too large/);
});
