// Runs one of the scripts beside this one, after a look at the Node that runs it: the scripts are
// TypeScript, which an older Node cannot even read. `npm ci` brings Node 24 and npm puts it first.

var SCRIPT = process.argv[2];

if (Number(process.versions.node.split(".")[0]) < 24) {
  console.error(
    `Developing DoSQL needs Node 24, and this is ${process.version}. ` +
      "Run `npm ci` (with install scripts allowed for the package `node`), then use `npm test` " +
      "and `npm run …`, which take Node from node_modules.",
  );
  process.exit(7);
}
// The script sees its own arguments only.
process.argv.splice(1, 2, SCRIPT);
import(`./${SCRIPT}`);
