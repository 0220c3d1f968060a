// `cargo xtask shots`: screenshots of all pages instead of tests.

import { defineConfig } from "@playwright/test";

import base from "./playwright.config.ts";

export default defineConfig(base, {
  testDir: "shots",
  testMatch: "*.shots.ts",
  globalTeardown: "./shots/sheet.ts",
  outputDir: "results/shots",
  reporter: "list",
  timeout: 180_000,
});
