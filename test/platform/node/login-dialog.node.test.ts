import { describe, expect, it } from "vitest";
import { LoginDialog } from "../../../src/platform/node/bridge/login-dialog.ts";

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}

function authentication(kind: number, rest = ""): Buffer {
  const body = Buffer.alloc(4);
  body.writeInt32BE(kind);
  return message("R", Buffer.concat([body, Buffer.from(rest)]));
}

const OK = authentication(0);
const READY = message("Z", Buffer.from("I"));

/** A dialog whose proof the server has taken. */
function proved(before: Buffer): LoginDialog {
  const dialog = new LoginDialog({
    label: "there",
    host: "",
    port: 0,
    socket: null,
    tls: null,
    user: "me",
    password: "secret",
    parameters: [],
  });
  const first = dialog.hear(Buffer.concat([before, authentication(10, "SCRAM-SHA-256\0\0")]));
  const [, nonce = ""] = /r=(.*)$/.exec(Buffer.from(first.send[0] ?? []).toString()) ?? [];
  const salt = Buffer.from("salt").toString("base64");
  const second = dialog.hear(authentication(11, `r=${nonce}more,s=${salt},i=4096`));
  expect(Buffer.from(second.send[0] ?? []).toString()).toContain(",p=");
  return dialog;
}

describe("a server that takes a proof and gives none", () => {
  const nothing = Buffer.alloc(0);

  it.each([
    ["says that we are in", nothing, OK],
    ["is ready at once", nothing, READY],
    ["had said before that we are in", OK, READY],
    ["gives a wrong one", nothing, authentication(12, "v=AAAA")],
  ])("is not believed: it %s", (_what, before, after) => {
    const dialog = proved(before);
    expect(() => dialog.hear(after)).toThrow(/^there: the server does not/);
  });
});
