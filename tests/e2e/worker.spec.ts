// The sandbox worker is loaded only when the API is the sandbox in the browser.

import { expect, test } from "./fixtures.ts";
import { signInAsDemo } from "./steps.ts";

for (const [api, loads] of [["native", false], ["browser", true]] as const) {
  test.describe(api, () => {
    test.use({ api });

    test(`the worker is ${loads ? "" : "not "}loaded`, async ({ page }) => {
      const asked: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      page.on("worker", (worker) => asked.push(worker.url()));
      await signInAsDemo(page);
      expect(asked.some((url) => url.includes("sandbox-worker"))).toBe(loads);
    });
  });
}
