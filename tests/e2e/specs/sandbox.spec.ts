// The sandbox inside the browser: it survives a reload, and works where storage is blocked.

import { withStorageBlocked } from "../support/blocked.ts";
import { expect, test } from "../support/fixtures.ts";
import { createApp, signInAsDemo } from "../support/steps.ts";

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

test("it works when storage is blocked, but does not survive a reload", async ({ server }) => {
  await withStorageBlocked(server.consoleUrl, async (blocked) => {
    const page = await blocked.newPage();
    await signInAsDemo(page);
    const refused = await page.evaluate(() => {
      try {
        return sessionStorage === null;
      } catch {
        return true;
      }
    });
    expect(refused, "storage is really blocked").toBe(true);
    await createApp(page, "brief-app");
    await expect(page.getByRole("heading", { name: "brief-app" })).toBeVisible();
  });
});
