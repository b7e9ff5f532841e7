import { notSupported } from "../errors.ts";
import type { CommandText } from "./command-text.ts";
import type { Command } from "./command.ts";
import { parseModes } from "./transaction-commands.ts";

/** SET in all its forms. */
export function parseSet(text: CommandText): Command {
  text.next();
  if (text.accept("TRANSACTION")) {
    if (text.accept("SNAPSHOT")) throw notSupported("SET TRANSACTION SNAPSHOT");
    return { kind: "set-transaction", modes: expectModes(text) };
  }
  const local = text.acceptOne("SESSION", "LOCAL") === "LOCAL";
  if (text.accept("CHARACTERISTICS")) {
    text.expect("AS");
    text.expect("TRANSACTION");
    return { kind: "set-defaults", modes: expectModes(text) };
  }
  const refused = text.acceptOne("CONSTRAINTS", "ROLE", "AUTHORIZATION", "SCHEMA");
  if (refused !== null) throw notSupported(`SET ${refused}`);
  if (text.accept("TIME")) {
    text.expect("ZONE");
    return { kind: "set", name: "TimeZone", value: timeZone(text), local };
  }
  if (text.accept("NAMES")) {
    return { kind: "set", name: "client_encoding", value: oneValue(text), local };
  }
  const name = settingName(text);
  if (!text.accept("TO")) text.expect("=");
  return { kind: "set", name, value: values(text), local };
}

export function parseReset(text: CommandText): Command {
  text.next();
  if (text.accept("ALL")) {
    text.finish();
    return { kind: "reset", name: null };
  }
  const refused = text.acceptOne("ROLE", "SESSION");
  if (refused !== null) throw notSupported(`RESET ${refused}`);
  return { kind: "reset", name: shownName(text) };
}

export function parseShow(text: CommandText): Command {
  text.next();
  if (text.accept("ALL")) {
    text.finish();
    return { kind: "show", name: null };
  }
  return { kind: "show", name: shownName(text) };
}

/** A setting, or one of the two that have a name of several words. */
function shownName(text: CommandText): string {
  let name: string;
  if (text.accept("TIME")) {
    text.expect("ZONE");
    name = "TimeZone";
  } else if (text.accept("TRANSACTION")) {
    text.expect("ISOLATION");
    text.expect("LEVEL");
    name = "transaction_isolation";
  } else {
    name = settingName(text);
  }
  text.finish();
  return name;
}

function expectModes(text: CommandText): ReturnType<typeof parseModes> {
  if (text.atEnd) throw text.unexpected();
  return parseModes(text);
}

/** `name` or `extension.name`. */
function settingName(text: CommandText): string {
  const first = text.name();
  return text.accept(".") ? `${first}.${text.name()}` : first;
}

function timeZone(text: CommandText): string | null {
  if (text.word === "LOCAL") {
    text.next();
    text.finish();
    return null;
  }
  if (text.word === "INTERVAL") throw notSupported("SET TIME ZONE INTERVAL");
  return oneValue(text);
}

function oneValue(text: CommandText): string | null {
  const value = text.word === "DEFAULT" ? null : text.value();
  if (value === null) text.next();
  text.finish();
  return value;
}

/** One value or a list; a list is kept as its text, joined as Postgres joins it. */
function values(text: CommandText): string | null {
  if (text.word === "DEFAULT") return oneValue(text);
  const parts = [text.value()];
  while (text.accept(",")) parts.push(text.value());
  text.finish();
  return parts.join(", ");
}
