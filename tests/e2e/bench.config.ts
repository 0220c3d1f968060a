// `cargo xtask bench`: measurements instead of tests, one at a time, in the full browser.

import { defineConfig } from "@playwright/test";

import { chromium } from "./support/environment.ts";
import base from "./playwright.config.ts";

export default defineConfig(base, {
  testDir: "bench",
  testMatch: "*.bench.ts",
  outputDir: "results/bench",
  reporter: "list",
  workers: 1,
  timeout: 900_000,
  use: { launchOptions: { ...base.use?.launchOptions, executablePath: chromium() } },
});
