// The sandbox inside the browser: it survives a reload, and works where storage is blocked.

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium } from "@playwright/test";

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

test("it works, without surviving, when storage is blocked", async ({ server }) => {
  // The browser's own setting against site data, which workers obey as well as pages.
  const profile = await mkdtemp(join(tmpdir(), "backoffice-blocked-"));
  await mkdir(join(profile, "Default"));
  const settings = { profile: { default_content_setting_values: { cookies: 2 } } };
  await writeFile(join(profile, "Default", "Preferences"), JSON.stringify(settings));
  const blocked = await chromium.launchPersistentContext(profile, {
    ...test.info().project.use.launchOptions,
    baseURL: server.consoleUrl,
  });
  try {
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
  } finally {
    await blocked.close();
    await rm(profile, { recursive: true, force: true });
  }
});
