// What a test gets: its own server, the console as base address, and a watched page.
//
//     test.use({ serverFlags: ["--rate-limit", "5"] });
//     test("…", async ({ page, server }) => { await page.goto("/"); … });

import { expect, test as base } from "@playwright/test";

import { startServer, type SandboxServer, type ServerOptions } from "./server.ts";
import { Watch } from "./watch.ts";

export { expect };
export { advanceClock, mailbox, type Mail } from "./sandbox.ts";
export { startServer, type SandboxServer, type ServerOptions } from "./server.ts";

interface Fixtures {
  /** The test's own server. */
  server: SandboxServer;
  /** Problems of its pages; a test that provokes one allows it with `watch.expect(/…/)`. */
  watch: Watch;
}

export const test = base.extend<ServerOptions & Fixtures>({
  serverFlags: [[], { option: true }],
  api: ["native", { option: true }],
  pages: ["console", { option: true }],

  server: async ({ serverFlags, api, pages }, use) => {
    const server = await startServer({ serverFlags, api, pages });
    await use(server);
    await server.stop();
  },

  baseURL: async ({ server }, use) => {
    await use(server.consoleUrl);
  },

  watch: [
    async ({ context, server }, use) => {
      const watch = new Watch(context, server);
      await use(watch);
      expect(watch.problems(), "what no page may do").toEqual([]);
    },
    // Every test is watched, even if it does not ask for it.
    { auto: true },
  ],
});
