// Costs, payments and tiers.

import type { Page } from "@playwright/test";

import { expect, test } from "../support/fixtures.ts";
import { requests } from "../support/sandbox.ts";
import { dialog, signInAsDemo, signUp } from "../support/steps.ts";

/** Opens the page from the navigation. */
async function openBilling(page: Page): Promise<void> {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Billing" }).click();
  await expect(page.getByRole("heading", { name: "Billing", level: 1 })).toBeVisible();
  await expect(page.getByText("Loading", { exact: true })).toHaveCount(0);
}

test("costs, run rate, card and invoices add up", async ({ page, server }) => {
  await signInAsDemo(page);
  await openBilling(page);
  const usage = page.getByRole("region", { name: "This month so far" });
  await expect(usage.getByRole("row")).toHaveCount(5);
  const amounts = await usage.locator("tbody tr").locator("td:last-child").allTextContents();
  const cents = amounts.map((text) => Math.round(Number(text.replace(/[$,]/g, "")) * 100));
  const total = cents.pop();
  expect(cents.reduce((sum, amount) => sum + amount, 0)).toBe(total);

  const rate = page.getByRole("region", { name: "Full month, if nothing changes" });
  await expect(rate.getByRole("row", { name: /quiet-amber-heron 2 replicas of size 0.5/ })).toContainText("$50.00");
  await expect(rate.getByRole("row", { name: /quiet-amber-heron Database of size 1.7/ })).toContainText("$50.00");
  // The read replica.
  await expect(rate.getByRole("row", { name: /quiet-amber-heron Database of size 0.6/ })).toContainText("$25.00");
  await expect(rate.getByRole("row", { name: /^Total/ })).toContainText("$140.00");
  await expect(page.locator("dl.stat")).toContainText("$140.00");
  await expect(page.locator("dl.stat")).toContainText("$25.00");

  // Periods; the newest is still open.
  const invoices = page.getByRole("region", { name: "Invoices" });
  const periods = invoices.locator("details");
  await expect(periods.nth(2)).toBeVisible();
  await expect(periods.first()).toHaveAttribute("open");
  await expect(periods.nth(1)).not.toHaveAttribute("open");
  const summary = periods.nth(1).locator("summary");
  await summary.focus();
  await page.keyboard.press("Enter");
  await expect(periods.nth(1).getByRole("row").nth(1)).toBeVisible();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    invoices.getByRole("button", { name: "Download CSV" }).click(),
  ]);
  expect(file.suggestedFilename()).toBe("invoices.csv");
  expect(await requests(server.apiUrl, { operation: "get_usage" })).toBe(1);
  expect(await requests(server.apiUrl, { operation: "get_run_rate" })).toBe(1);
});

test("an expiring card is replaced; a declined card is not saved", async ({ page }) => {
  await signInAsDemo(page);
  await openBilling(page);
  const card = page.getByRole("region", { name: "Card" });
  // The number travels as 5.
  await expect(card).toContainText("American Express •••• 0005");
  await expect(card).toContainText("This card expires soon");
  const replace = card.getByRole("button", { name: "Replace card" });
  await replace.click();
  await dialog(page).getByRole("radio", { name: /^No funds/ }).check();
  await dialog(page).getByRole("button", { name: "Use this card" }).click();
  await expect(dialog(page)).toContainText("insufficient funds");
  await dialog(page).getByRole("radio", { name: /^Mastercard/ }).check();
  await dialog(page).getByRole("button", { name: "Use this card" }).click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(card).toContainText("MasterCard •••• 4444");
  await expect(card).not.toContainText("expires soon");
  await expect(replace, "the focus goes back").toBeFocused();
});

test("nothing that looks like a card number is sent", async ({ page, server }) => {
  await signInAsDemo(page);
  await openBilling(page);
  await page.getByRole("button", { name: "Replace card" }).click();
  await dialog(page).getByRole("radio", { name: /^Another token/ }).check();
  const token = dialog(page).getByLabel("Payment token");
  await token.fill("4242 4242 4242 4242");
  await expect(dialog(page)).toContainText("looks like a card number");
  await token.press("Enter");
  await expect(token).toHaveAttribute("aria-invalid", "true");
  await expect(dialog(page).locator("code")).not.toContainText("4242");
  await token.fill("tok_not_a_test_card");
  await token.press("Enter");
  await expect(dialog(page)).toContainText("is no test card");
  const sent = await requests(server.apiUrl, { operation: "set_payment_method" });
  expect(sent, "only the text that is not a card number").toBe(1);
});

test("an upgrade with a promotion code lifts the limits", async ({ page, server }) => {
  await signUp(page, "ada@example.com", "correct horse");
  await openBilling(page);
  await expect(page.getByRole("heading", { name: "No invoices yet" })).toBeVisible();
  const limits = page.getByRole("region", { name: "What changes" });
  await expect(limits.getByRole("row", { name: /^Apps/ })).toContainText("100");
  const upgrade = page.getByRole("region", { name: "Upgrade to Standard" });
  const press = upgrade.getByRole("button", { name: "Upgrade to Standard" });
  await upgrade.getByRole("radio", { name: /^Declined/ }).check();
  await press.click();
  await expect(upgrade.getByRole("alert")).toContainText("Your card was declined.");
  await upgrade.getByRole("radio", { name: /^Visa 4242/ }).check();
  const code = upgrade.getByLabel(/^Promotion code/);
  await code.fill("4242424242424242");
  await expect(upgrade).toContainText("looks like a card number");
  await expect(upgrade.locator("code").last()).not.toContainText("4242");
  await code.fill("nope");
  await press.click();
  await expect(upgrade).toContainText("is not valid");
  await code.fill("welcome");
  await expect(upgrade.getByText("gigalixir account:upgrade -p WELCOME")).toBeVisible();
  await press.click();
  const figures = page.locator("dl.stat");
  await expect(figures).toContainText("Standard");
  await expect(figures).toContainText("$10.00");
  await expect(page.getByRole("region", { name: "Card" })).toContainText("Visa •••• 4242");
  await expect(page.getByRole("heading", { name: "No costs this month" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "No running costs" })).toBeVisible();
  // On the free tier there was nothing to read.
  expect(await requests(server.apiUrl, { operation: "get_payment_method" })).toBe(1);
});

test("each panel keeps its data when a refresh fails", async ({ page }) => {
  await signInAsDemo(page);
  await openBilling(page);
  const panels = ["This month so far", "Full month, if nothing changes", "Card", "Invoices"];
  for (const name of panels) {
    await expect(page.getByRole("region", { name, exact: true }).getByText(/^as of/)).toBeVisible();
  }
  await page.setExtraHTTPHeaders({ "x-sandbox-fault": "500" });
  for (const name of panels) {
    const region = page.getByRole("region", { name, exact: true });
    await region.getByRole("button", { name: "Refresh" }).click();
    await expect(region.getByRole("alert")).toBeVisible();
  }
  await expect(page.getByRole("region", { name: "This month so far" })).toContainText("quiet-amber-heron");
});

test.describe("within a small budget", () => {
  test.use({ serverFlags: ["--rate-limit", "4", "--window", "8"] });

  test("a read over the limit waits and then arrives", async ({ page, server }) => {
    await signInAsDemo(page);
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Billing" }).click();
    await expect(page.locator(".note").filter({ hasText: /requests? (is|are) waiting/ })).toBeVisible();
    await expect(page.getByText("Loading", { exact: true })).toHaveCount(0, { timeout: 40_000 });
    await expect(page.getByRole("region", { name: "Invoices" }).locator("summary").first()).toBeVisible();
    await expect(page.getByRole("region", { name: "Card" })).toContainText("0005");
    expect(await requests(server.apiUrl, { status: 429 }), "calls that the server refused").toBe(0);
  });
});
