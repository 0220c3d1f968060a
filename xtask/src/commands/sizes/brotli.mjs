// Prints a JSON list of [raw, compressed] sizes, one pair for each file named on the command line.
// Node.js is installed anyway, and has the reference encoder, which web servers also use.
import { readFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

const params = {
  [constants.BROTLI_PARAM_QUALITY]: 11,
  [constants.BROTLI_PARAM_LGWIN]: 22,
};

const sizes = process.argv.slice(2).map((path) => {
  const content = readFileSync(path);
  params[constants.BROTLI_PARAM_SIZE_HINT] = content.length;
  return [content.length, brotliCompressSync(content, { params }).length];
});

console.log(JSON.stringify(sizes));
