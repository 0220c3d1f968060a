// Screenshots of every page and of the states that a page can be in, at each width and in each theme.

import { join } from "node:path";

import type { Page } from "@playwright/test";

import { expect, test } from "../support/fixtures.ts";
import { APP, SIGNED_IN, settled, walk } from "../support/pages.ts";
import { signInAsDemo, signUp } from "../support/steps.ts";
import { THEMES, WIDTHS, folderOf } from "./looks.ts";

// The walk would use up the rate limit.
test.use({ serverFlags: ["--rate-limit", "1000", "--seed", "7"] });

/** Takes a screenshot once the fonts are loaded, without animations. */
async function picture(page: Page, folder: string, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true, animations: "disabled" });
}

for (const colorScheme of THEMES) {
  for (const width of WIDTHS) {
    test.describe(`${colorScheme}, ${width}`, () => {
      test.use({
        colorScheme,
        viewport: { width, height: width < 500 ? 844 : 900 },
        contextOptions: { reducedMotion: "reduce" },
      });

      test("pages", async ({ page }) => {
        const folder = folderOf(colorScheme, width);
        await walk(page, ({ name }) => picture(page, folder, name));
      });

      test("an account without anything", async ({ page }) => {
        const folder = folderOf(colorScheme, width);
        await signUp(page, "grace@example.com", "made up password");
        for (const { name, path } of SIGNED_IN.filter(({ path }) => !path.startsWith(APP))) {
          await page.goto(path);
          await settled(page);
          await picture(page, folder, `${name}--empty`);
        }
      });

      test("failing, waiting and loading", async ({ page }) => {
        const folder = folderOf(colorScheme, width);
        await signInAsDemo(page);
        await page.setExtraHTTPHeaders({ "x-sandbox-fault": "500" });
        await page.goto("/apps");
        await expect(page.getByRole("alert")).toBeVisible();
        await picture(page, folder, "apps--failed");
        await page.goto(APP);
        await expect(page.getByRole("main").getByRole("alert").first()).toBeVisible();
        await settled(page);
        await picture(page, folder, "app-overview--failed");
        await page.setExtraHTTPHeaders({ "x-sandbox-fault": "429" });
        await page.goto("/apps");
        await expect(page.locator(".note").getByText(/waiting\./)).toBeVisible();
        await picture(page, folder, "apps--waiting");
        await page.setExtraHTTPHeaders({ "x-sandbox-fault": "timeout" });
        await page.goto(`${APP}/databases`);
        await expect(page.getByText("Loading", { exact: true }).first()).toBeAttached();
        await picture(page, folder, "app-databases--loading");
      });
    });
  }
}
