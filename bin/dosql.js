#!/usr/bin/env node
// Starts the command line. This file is old JavaScript on purpose: a Node that is too old must
// still be able to read it, so that it says so in a sentence before anything else is loaded.

var COMMAND = process.argv[2] || "";
/** What the libraries need of node:sqlite. */
var LIBRARY_NODE = [22, 16];
/** What the server needs besides. */
var SERVER_NODE = [24, 0];
/** Since this one, Node runs TypeScript by stripping its types, without a flag. */
var TYPE_STRIPPING_NODE = [22, 18];
/** `runtime` in the table of exit codes (src/cli/exit-codes.ts). */
var EXIT_RUNTIME = 7;

function isAtLeast(wanted) {
  var parts = process.versions.node.split(".");
  var major = Number(parts[0]);
  return major > wanted[0] || (major === wanted[0] && Number(parts[1]) >= wanted[1]);
}

function refuse(sentence) {
  console.error(sentence);
  process.exit(EXIT_RUNTIME);
}

function refuseNode(what, wanted) {
  var least = wanted[1] === 0 ? wanted[0] : wanted.join(".");
  refuse(
    `${what} needs Node ${least} or newer, and this is ${process.version}: install Node 24 ` +
      "(in a checkout of DoSQL, `npm ci` brings it for `npm start` and `npx dosql`).",
  );
}

function start(fs) {
  var source = new URL("../src/entry/cli.ts", import.meta.url);
  var built = new URL("../dist/entry/cli.js", import.meta.url);
  var isCheckout = fs.existsSync(source);
  // A checkout runs its sources, so that a build that was left behind is never served.
  if (isCheckout && isAtLeast(TYPE_STRIPPING_NODE)) return import(source.href);
  if (fs.existsSync(built)) return import(built.href);
  if (isCheckout) return refuseNode("dosql from its sources", TYPE_STRIPPING_NODE);
  return refuse("dosql is incomplete here, dist/ is missing: install it again.");
}

if (!isAtLeast(LIBRARY_NODE)) {
  refuseNode("dosql", LIBRARY_NODE);
} else if (COMMAND === "serve" && !isAtLeast(SERVER_NODE)) {
  refuseNode("dosql serve", SERVER_NODE);
} else {
  import("node:fs").then(start);
}
