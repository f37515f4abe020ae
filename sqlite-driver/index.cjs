/**
 * The SQLite driver for this Node.js. better-sqlite3 13, a dependency of the project, crashes Node 20; for that one
 * version 12 is installed into this folder, by its own package.json and lock file, and used from here alone.
 */
const path = require("node:path");

const isNode20 = process.versions.node.startsWith("20.");
module.exports = isNode20
  ? require("./node_modules/better-sqlite3")
  : require(require.resolve("better-sqlite3", { paths: [path.dirname(__dirname)] }));
