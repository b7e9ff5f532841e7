"use strict";
// Leads `require("../.")` of the suite's tests to the target.
const Module = require("node:module");
const path = require("node:path");

const suite = process.env.DOSQL_UPSTREAM_SUITE;
const target = path.join(__dirname, "target.ts");
const resolve = Module._resolveFilename;

Module._resolveFilename = function lead(request, parent, ...rest) {
  if (request === "../." && suite !== undefined && parent?.filename?.startsWith(suite + path.sep)) {
    return target;
  }
  return Reflect.apply(resolve, this, [request, parent, ...rest]);
};
