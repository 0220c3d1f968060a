// The sandbox worker is loaded only when the API is the sandbox in the browser.

import { expect, test } from "../support/fixtures.ts";
import { signInAsDemo } from "../support/steps.ts";

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

test.describe("a worker that fails", () => {
  test.use({ api: "browser" });

  test("is terminated and replaced", async ({ page, watch }) => {
    watch.expect(/made by the test/);
    await signInAsDemo(page);
    const [worker] = page.workers();
    const ended = worker?.waitForEvent("close");
    await worker?.evaluate(() => {
      setTimeout(() => {
        throw new Error("made by the test");
      });
    });
    await page.getByRole("button", { name: "Refresh" }).click();
    await ended;
    await expect(page.getByRole("button", { name: "Refresh" })).toBeEnabled();
    await expect(page.getByRole("alert").filter({ hasText: /\S/ })).toHaveCount(0);
    expect(page.workers()).toHaveLength(1);
  });
});
