// State that survives a reload and a change of the e-mail address: the session of every tab, the first
// day of the month and its count, and the meter's text if the limit is hidden.

import type { Page } from "@playwright/test";

import { advanceClock, expect, test } from "../support/fixtures.ts";
import { requests } from "../support/sandbox.ts";
import { meter, signInAsDemo, signUp } from "../support/steps.ts";

const ADA = { email: "ada@example.com", password: "correct horse battery" };

/** The meter's panel. */
function panel(page: Page) {
  return page.getByRole("dialog", { name: "Request budget" }).or(page.locator(".budget-panel"));
}

/** The panel's count of this month's requests. */
async function counted(page: Page): Promise<number> {
  const text = (await panel(page).first().textContent()) ?? "";
  return Number(/([\d,]+) of 10,000/.exec(text)?.[1]?.replaceAll(",", "") ?? "0");
}

test("the first day of the month and the count survive reloads, also on another day", async ({ page }) => {
  await page.clock.install({ time: new Date("2026-11-20T12:00:00Z") });
  await signInAsDemo(page);
  await meter(page).click();
  await panel(page).first().getByText(/Counted from day 1 /).click();
  await panel(page).first().getByLabel("First day of the count").fill("26");
  await panel(page).first().getByRole("button", { name: "Save" }).click();
  await expect(panel(page).first().getByText(/Counted from day 26 /)).toBeVisible();
  await page.clock.runFor(5_000);
  const before = await counted(page);
  expect(before).toBeGreaterThan(0);
  for (const day of ["2026-11-20T13:00:00Z", "2026-11-24T12:00:00Z"]) {
    await page.clock.setSystemTime(new Date(day));
    await page.reload();
    await meter(page).click();
    await expect(panel(page).first().getByText(/Counted from day 26 /)).toBeVisible();
    expect(await counted(page), day).toBeGreaterThanOrEqual(before);
  }
});

test("three tabs keep working after a change of the address and four renewals", async ({ page, context, server }) => {
  test.setTimeout(120_000);
  await signUp(page, ADA.email, ADA.password);
  const others = [await context.newPage(), await context.newPage()];
  for (const other of others) {
    await other.goto("/account");
    await expect(other.getByRole("heading", { name: "Account", level: 1 })).toBeVisible();
  }
  await page.goto("/account");
  const change = page.getByRole("region", { name: "Change email" });
  await change.getByLabel("New email").fill("next@example.com");
  await change.getByLabel("Current password").fill(ADA.password);
  await change.getByRole("button", { name: "Send links" }).click();
  await change.getByRole("button", { name: "Confirm the change" }).click();
  const tabs = [page, ...others];
  for (const tab of tabs) await expect(tab.getByTitle("next@example.com")).toBeVisible();
  for (let renewal = 0; renewal < 4; renewal += 1) {
    // Longer than the lifetime of an access token.
    await advanceClock(server.apiUrl, 31 * 60);
    for (const tab of [...tabs.slice(renewal % 3), ...tabs.slice(0, renewal % 3)]) {
      const refresh = tab.getByRole("region", { name: "Profile" }).getByRole("button", { name: "Refresh" });
      await refresh.click();
      await expect(refresh).toBeEnabled();
      await expect(tab.getByRole("dialog", { name: "Your session has ended" })).toHaveCount(0);
    }
  }
  expect(await requests(server.apiUrl, { operation: "renew_session", status: 200 })).toBe(4);
  expect(await requests(server.apiUrl, { operation: "renew_session", status: 401 })).toBe(0);
});

test.describe("an API that hides its limit", () => {
  test.use({ serverFlags: ["--hide-limits"] });

  test("the meter says so, counts this browser's requests, and names the header to add", async ({ page }) => {
    await signInAsDemo(page);
    await expect(meter(page)).toContainText(/limit hidden · [1-9]\d* in the last minute/);
    await meter(page).click();
    await expect(panel(page).first().getByText(/This browser sent [1-9]\d* requests? in the last minute/)).toBeVisible();
    await expect(panel(page).first().getByText("Access-Control-Expose-Headers", { exact: false }).first()).toBeVisible();
  });
});
