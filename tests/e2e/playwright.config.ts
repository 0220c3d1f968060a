// How the browser tests run: each against its own server, with nothing recorded that could hold a
// secret, since a failing test shows what the page showed.

import { defineConfig } from "@playwright/test";

import { chromiumShell } from "./support/environment.ts";
import type { ServerOptions } from "./support/server.ts";

// Otherwise a failing test leaves a copy of the page's text behind.
process.env.PLAYWRIGHT_NO_COPY_PROMPT = "1";

export default defineConfig<ServerOptions>({
  testDir: "specs",
  outputDir: "results/artifacts",
  fullyParallel: true,
  workers: 2,
  // On a shared machine one more try tells a slow moment from a fault; the report lists what needed
  // it. Whoever works on the code sees every failure at once.
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
      // The first works as root, in a container; the others keep the browser from talking to
      // anybody but the page under test.
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
