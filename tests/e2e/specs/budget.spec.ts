// The rate limit as users see it: the meter falls, calls wait before the server would refuse them, are
// sent after the reset, and none is lost.

import type { Locator, Page } from "@playwright/test";

import { expect, test } from "../support/fixtures.ts";
import { useUp } from "../support/outside.ts";
import { requests } from "../support/sandbox.ts";
import { openFirstApp, openJournal, openTab, signInAsDemo } from "../support/steps.ts";

/** The note that says how many calls wait. */
function waitingNote(page: Page): Locator {
  return page.locator(".note").getByText(/requests? (is|are) waiting\./);
}

test.describe("with ten requests a window", () => {
  test.use({ serverFlags: ["--rate-limit", "10", "--window", "20"] });
  test.setTimeout(120_000);

  test("calls wait before the server refuses them, and resume automatically", async ({ page, server }) => {
    await signInAsDemo(page);
    const meter = page.getByRole("button", { name: /^Request budget/ });
    await expect(meter).toContainText("9 / 10");
    await openFirstApp(page);
    for (const tab of ["Logs", "Config", "Databases", "Releases"]) {
      await openTab(page, tab);
    }
    await openTab(page, "Overview");
    const refresh = page.getByRole("button", { name: "Refresh" }).first();
    await expect(async () => {
      await refresh.click();
      await expect(waitingNote(page)).toBeVisible({ timeout: 200 });
    }).toPass();
    await expect(meter).toContainText("0 / 10");
    await expect(meter).toContainText(/resets in \d+ s/);
    const journal = await openJournal(page);
    await expect(journal.locator("summary").getByText("Waiting").first()).toBeVisible();
    await expect(journal.getByText(/Continues in \d+ s/).first()).toBeVisible();
    // It resumes without a click.
    await expect(journal.locator("summary").getByText("Waiting")).toHaveCount(0, { timeout: 40_000 });
    await expect(waitingNote(page)).toHaveCount(0);
    await expect(page.getByRole("row", { name: /Healthy/ }).first()).toBeVisible();
    expect(await requests(server.apiUrl, { status: 429 }), "calls that the server refused").toBe(0);
  });

  test("a 429 that a second client causes is shown, and calls resume after it", async ({ page, server }) => {
    await signInAsDemo(page);
    await useUp(server.apiUrl);
    await page.getByRole("button", { name: "Refresh" }).click();
    const journal = await openJournal(page);
    await expect(journal.getByText("429").first()).toBeVisible();
    await expect(journal.getByText(/read as/).first()).toBeVisible();
    await expect(waitingNote(page)).toBeVisible();
    await expect(waitingNote(page)).toHaveCount(0, { timeout: 40_000 });
    await expect(page.getByText(/as of (just now|\d+ s ago)/)).toBeVisible();
    await expect(page.getByRole("alert")).toHaveCount(0);
  });

  test("a waiting call can be cancelled", async ({ page, server }) => {
    await signInAsDemo(page);
    await useUp(server.apiUrl);
    await page.getByRole("button", { name: "Refresh" }).click();
    const journal = await openJournal(page);
    await journal.getByRole("button", { name: "Cancel" }).click();
    await expect(journal.getByText("Cancelled").first()).toBeVisible();
    await expect(waitingNote(page)).toHaveCount(0);
  });
});
