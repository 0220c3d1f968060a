// How the browser tests run: each against its own server. Nothing is recorded that could hold a
// secret, because a recording of a failed test shows the page's text.

import { defineConfig } from "@playwright/test";

import { chromiumShell } from "./support/environment.ts";
import type { ServerOptions } from "./support/server.ts";

// Without this, a failing test leaves a copy of the page's text behind.
process.env.PLAYWRIGHT_NO_COPY_PROMPT = "1";

export default defineConfig<ServerOptions>({
  testDir: "specs",
  outputDir: "results/artifacts",
  fullyParallel: true,
  workers: 2,
  // On a shared machine a retry tells a slow moment from a fault; the report lists the retried tests.
  // On a developer's machine every failure shows immediately.
  retries: process.env["CI"] ? 1 : 0,
  forbidOnly: true,
  reporter: [["list"], ["json", { outputFile: "results/report.json" }]],
  expect: { timeout: 10_000 },
  use: {
    trace: "off",
    screenshot: "off",
    video: "off",
    timezoneId: "UTC",
    locale: "en-US",
    launchOptions: {
      executablePath: chromiumShell(),
      // The first flag makes the browser work as root, in a container; the others keep it from
      // talking to any host except the page under test.
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
