// The sandbox inside the browser: it survives a reload, and works where storage is blocked.

import { expect, test } from "./fixtures.ts";
import { createApp, signInAsDemo } from "./steps.ts";

test.use({ api: "browser" });

test("its world survives a reload", async ({ page }) => {
  await signInAsDemo(page);
  await createApp(page, "kept-app");
  await expect(page.getByRole("heading", { name: "kept-app" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "kept-app" })).toBeVisible();
});

test("two tabs see one world", async ({ page, context }) => {
  await signInAsDemo(page);
  const other = await context.newPage();
  await signInAsDemo(other);
  await createApp(page, "shared-app");
  await expect(page.getByRole("heading", { name: "shared-app" })).toBeVisible();
  await other.getByRole("button", { name: "Refresh" }).click();
  await expect(other.getByRole("link", { name: "shared-app" })).toBeVisible();
});

test("it works, without surviving, when storage is blocked", async ({ page }) => {
  await page.addInitScript(() => {
    const blocked = () => {
      throw new DOMException("blocked", "SecurityError");
    };
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, { get: blocked });
    }
  });
  // The worker has a global of its own, which no init script reaches: block its database by
  // taking the browser's away.
  await page.route("**/sandbox-worker_loader.js", async (route) => {
    const answer = await route.fetch();
    const text = await answer.text();
    const body = `Object.defineProperty(self, "indexedDB", { get() { throw new DOMException("blocked", "SecurityError"); } });\n${text}`;
    await route.fulfill({ response: answer, body });
  });
  await signInAsDemo(page);
  await createApp(page, "brief-app");
  await expect(page.getByRole("heading", { name: "brief-app" })).toBeVisible();
});
