// `cargo xtask bench console`: measurements instead of tests, one at a time.

import { defineConfig } from "@playwright/test";

import base from "./playwright.config.ts";

export default defineConfig(base, {
  testMatch: "bench/*.bench.ts",
  outputDir: "results/bench",
  reporter: "list",
  workers: 1,
  timeout: 900_000,
});
