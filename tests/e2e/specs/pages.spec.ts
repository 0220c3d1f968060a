// Standards for every page: axe finds nothing in either theme, nothing is wider than a phone, and there
// are states for an empty page and a missing server.

import type { Page } from "@playwright/test";

import { expect, test } from "../support/fixtures.ts";
import { APP, walk } from "../support/pages.ts";
import { expectNothingInEitherTheme, surplus } from "../support/standards.ts";
import { dialog, meter, openFirstApp, openJournal, openTab, signInAsDemo, signUp } from "../support/steps.ts";

async function expectNoSidewaysScroll(page: Page, what: string): Promise<void> {
  await expect.poll(() => surplus(page), `${what} is wider than the screen by`).toBeLessThanOrEqual(0);
}

test.describe("at rest", () => {
  // Contrast can only be measured without animations.
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("axe finds nothing on any page", async ({ page }) => {
    test.setTimeout(120_000);
    await walk(page, ({ path }) => expectNothingInEitherTheme(page, path));
  });

  test("axe finds nothing in what opens over a page or beside it", async ({ page }) => {
    await signInAsDemo(page);
    await page.goto(APP);
    await page.getByRole("button", { name: "Scale" }).click();
    await expect(dialog(page)).toBeVisible();
    await expectNothingInEitherTheme(page, "the scale dialog");
    await page.keyboard.press("Escape");
    await meter(page).click();
    await expect(page.getByRole("dialog", { name: "Request budget" })).toBeVisible();
    await expectNothingInEitherTheme(page, "the request budget");
    await page.keyboard.press("Escape");
    const journal = await openJournal(page);
    await journal.locator("summary").first().click();
    await expectNothingInEitherTheme(page, "the journal");
  });
});

test("every page has its own title, in its tab and as its heading", async ({ page }) => {
  test.setTimeout(60_000);
  const titles = new Map<string, string>();
  await walk(page, async ({ path }) => {
    await expect(page.locator("h1"), path).toHaveCount(1);
    await expect(page, path).toHaveTitle(/\S · Backoffice Console$/);
    const title = await page.title();
    expect(titles.get(title), `${path} has the same title as another page, "${title}"`).toBeUndefined();
    titles.set(title, path);
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("no page is wider than the screen, and the menu leads everywhere", async ({ page }) => {
    test.setTimeout(60_000);
    await walk(page, ({ path }) => expectNoSidewaysScroll(page, path));
    await page.goto("/apps");
    await page.getByRole("button", { name: "Menu", exact: true }).click();
    await page.getByRole("link", { name: "SSH keys" }).click();
    await expect(page.getByRole("heading", { name: "SSH keys", level: 1 })).toBeVisible();
    await expect(page.getByRole("link", { name: "Profile" })).not.toBeInViewport();
  });

  test("a focused page begins below the bar", async ({ page }) => {
    await signInAsDemo(page);
    await openFirstApp(page);
    // The link that led here is gone, so the page has the focus.
    await expect(page.locator("main")).toBeFocused();
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
  });
});

test("the keyboard is enough to sign in and scale an app", async ({ page }) => {
  await page.goto("/sign-in");
  await expect(page.getByLabel("Email")).toBeFocused();
  await page.keyboard.type("demo@backoffice.example");
  await page.keyboard.press("Tab");
  await page.keyboard.type("sandbox-demo");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Apps", level: 1 })).toBeVisible();
  // The first stop of a page is the link that skips its navigation.
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#main")).toBeFocused();
  await page.getByRole("link", { name: "quiet-amber-heron" }).focus();
  await page.keyboard.press("Enter");
  const scale = page.getByRole("button", { name: "Scale" });
  await expect(scale).toBeVisible();
  await scale.focus();
  await page.keyboard.press("Enter");
  await expect(dialog(page).getByLabel("Replicas")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("3");
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toHaveCount(0);
  await expect(scale, "the focus goes back").toBeFocused();
  await expect(page.locator("dl.stat")).toContainText("/ 3");
});

test("an empty account says what to do", async ({ page }) => {
  await signUp(page, "grace@example.com", "made up password");
  await expect(page.getByRole("link", { name: "Create your first app" })).toBeVisible();
  await page.getByRole("link", { name: "SSH keys" }).click();
  await expect(page.getByText("No keys yet")).toBeVisible();
});

test("without a connection calls wait, the page says so, and they resume automatically", async ({ page, context }) => {
  await signInAsDemo(page);
  await openFirstApp(page);
  await expect(page.getByRole("table")).toBeVisible();
  await context.setOffline(true);
  await openTab(page, "Config");
  const note = page.locator(".note").filter({ hasText: "The API can't be reached." });
  await expect(note).toBeVisible({ timeout: 30_000 });
  await note.getByRole("button", { name: "Try now" }).click();
  await expect(note).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByRole("row", { name: /DATABASE_URL/ })).toBeVisible();
  await expect(note).toHaveCount(0);
});

test("an unreachable server that comes back is distinguished from one that refuses", async ({ page }) => {
  test.setTimeout(90_000);
  await signInAsDemo(page);
  await page.setExtraHTTPHeaders({ "x-sandbox-fault": "drop" });
  await page.getByRole("button", { name: "Refresh" }).click();
  const note = page.locator(".note").filter({ hasText: "The API can't be reached." });
  await expect(note).toBeVisible({ timeout: 30_000 });
  await page.setExtraHTTPHeaders({});
  await expect(note).toHaveCount(0, { timeout: 60_000 });
  await page.setExtraHTTPHeaders({ "x-sandbox-fault": "500" });
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(note).toHaveCount(0);
});

test("a missing app is distinguished from one that fails to load", async ({ page }) => {
  await signInAsDemo(page);
  await page.goto("/apps/nobody-has-this");
  await expect(page.getByRole("heading", { name: /app not found/i })).toBeVisible();
});
