"use strict";
module.exports = require("dosql/better-sqlite3");
// Said by its name, so that `import { SqliteError } from "better-sqlite3"` finds it.
module.exports.SqliteError = require("dosql/better-sqlite3").SqliteError;
