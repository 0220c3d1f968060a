// The databases of an app: created, shown, changed and deleted.

import type { Locator, Page } from "@playwright/test";

import { advanceClock, expect, test } from "../support/fixtures.ts";
import { requests } from "../support/sandbox.ts";
import { expectNothingForAxe, surplus } from "../support/standards.ts";
import { createApp, dialog, openTab, signInAsDemo, signUp } from "../support/steps.ts";

const APP = "/apps/quiet-amber-heron";

/** The list is read again at growing intervals, so a change that the clock has ended shows a little later. */
const NEXT_LOOK = { timeout: 30_000 };

async function openDatabases(page: Page, app = APP): Promise<void> {
  await signInAsDemo(page);
  await page.goto(`${app}/databases`);
  await expect(page.getByRole("heading", { name: "Databases", level: 2 })).toBeVisible();
}

function standard(page: Page): Locator {
  return page.getByRole("region", { name: "Standard database" });
}

function free(page: Page): Locator {
  return page.getByRole("region", { name: "Free database" });
}

/** Opens a collapsed part of a card. */
async function unfold(card: Locator, name: string): Promise<void> {
  await card.locator("summary").filter({ hasText: name }).click();
}

test("a standard database is scaled, and its card follows the change", async ({ page, server }) => {
  await openDatabases(page);
  const card = standard(page);
  await expect(card.locator("dl.stat")).toContainText("$50");
  await card.getByRole("button", { name: "Scale the database" }).click();
  const scale = dialog(page);
  await expect(scale.getByRole("radio", { name: /^1\.7 GB/ })).toBeChecked();
  await expect(scale.getByText("$50 a month, as now.")).toBeVisible();
  await scale.getByRole("radio", { name: /^8 GB/ }).check();
  await expect(scale.getByText("From $50 to $200 a month: $150 more.")).toBeVisible();
  await expect(scale.getByText("Scaling takes 10 to 25 minutes.")).toBeVisible();
  await expect(scale.getByText("-s 8", { exact: false })).toBeVisible();
  await scale.getByRole("button", { name: "Scale", exact: true }).click();
  await expect(scale).toHaveCount(0);
  await expect(card.getByText("Being scaled")).toBeVisible();
  await expect(card.getByRole("button", { name: "Restart the database" })).toHaveAttribute("aria-disabled", "true");
  await advanceClock(server.apiUrl, 26 * 60);
  await expect(card.getByText("Available")).toBeVisible(NEXT_LOOK);
  await expect(card.locator("dl.stat")).toContainText("$200");
  await expect(card.getByText("Set POOL_SIZE to at most 64")).toBeVisible();
});

test("stopping, starting and high availability say what they interrupt", async ({ page, server }) => {
  await openDatabases(page);
  const card = standard(page);
  await card.getByRole("button", { name: "Stop the database" }).click();
  await expect(dialog(page).getByText(/until you start it again/)).toBeVisible();
  await expect(dialog(page).getByText(/gigalixir pg:stop -a quiet-amber-heron/)).toBeVisible();
  await dialog(page).getByRole("button", { name: "Stop", exact: true }).click();
  await expect(card.getByText("The database is stopped", { exact: true })).toBeVisible();
  await expect(card.getByRole("button", { name: "Scale the database" })).toHaveAttribute("aria-disabled", "true");
  const start = card.getByRole("button", { name: "Start the database", exact: true });
  await expect(start, "the focus goes back to the same button").toBeFocused();
  await start.click();
  await dialog(page).getByRole("button", { name: "Start", exact: true }).click();
  await expect(card.getByText("Starting", { exact: true })).toBeVisible();
  await advanceClock(server.apiUrl, 3 * 60);
  await expect(card.getByText("Available")).toBeVisible(NEXT_LOOK);
  await card.getByRole("button", { name: "Turn high availability on" }).click();
  await expect(dialog(page).getByText("From $50 to $100 a month: $50 more.")).toBeVisible();
  await dialog(page).getByRole("button", { name: "Turn on" }).click();
  await expect(card.getByText("Being scaled")).toBeVisible();
  await advanceClock(server.apiUrl, 26 * 60);
  await expect(card.getByRole("button", { name: "Turn high availability off" })).toBeVisible(NEXT_LOOK);
  await expect(card.locator("dl.stat")).toContainText("$100");
});

test("a backup is restored after the dialog has said what is lost", async ({ page, server }) => {
  await openDatabases(page);
  const card = standard(page);
  expect(await requests(server.apiUrl, { operation: "list_backups" }), "the page has not read them").toBe(0);
  await unfold(card, "Backups");
  await expect(card.getByRole("button", { name: /^Restore the backup of/ })).toHaveCount(7);
  await card.getByRole("button", { name: /^Restore the backup of/ }).nth(1).click();
  await expect(dialog(page).getByText(/everything written since the backup is lost/)).toBeVisible();
  const restore = dialog(page).getByRole("button", { name: "Restore", exact: true });
  await expect(restore).toHaveAttribute("aria-disabled", "true");
  await dialog(page).getByLabel("Type quiet_amber_heron to continue").fill("quiet_amber_heron");
  await restore.click();
  await expect(card.getByText("Being restored")).toBeVisible();
  await expect(card.getByRole("button", { name: /^Restore the backup of/ }).first(), "the list stays open").toBeVisible();
  await advanceClock(server.apiUrl, 13 * 60);
  await expect(card.getByText("Available")).toBeVisible(NEXT_LOOK);
});

test("read replicas are added and deleted", async ({ page, server }) => {
  await openDatabases(page);
  const card = standard(page);
  await unfold(card, "Read replicas");
  const rows = card.getByRole("row", { name: /-replica-/ });
  await expect(rows).toHaveCount(1);
  await card.getByRole("button", { name: "Add a replica" }).click();
  await dialog(page).getByRole("radio", { name: /^4 GB/ }).check();
  await dialog(page).getByRole("button", { name: "Add", exact: true }).click();
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: "Being created" })).toHaveCount(1);
  await advanceClock(server.apiUrl, 7 * 60);
  await expect(rows.filter({ hasText: "Available" })).toHaveCount(2, NEXT_LOOK);
  await rows.first().getByRole("button", { name: /^Delete/ }).click();
  await dialog(page).getByRole("button", { name: "Delete", exact: true }).click();
  await expect(rows).toHaveCount(1);
});

test("an upgrade asks for the name, because it cannot be undone", async ({ page, server }) => {
  await openDatabases(page);
  const card = standard(page);
  await expect(card.getByText("PostgreSQL 15")).toBeVisible();
  await card.getByRole("button", { name: "Upgrade the database" }).click();
  await expect(dialog(page).getByText(/You cannot go back to an older version/)).toBeVisible();
  const upgrade = dialog(page).getByRole("button", { name: "Upgrade", exact: true });
  await expect(upgrade).toHaveAttribute("aria-disabled", "true");
  await dialog(page).getByLabel(/^Type/).fill("quiet_amber_heron");
  await upgrade.click();
  await expect(card.getByText("Being upgraded")).toBeVisible();
  await advanceClock(server.apiUrl, 9 * 60);
  await expect(card.getByText("PostgreSQL 16")).toBeVisible(NEXT_LOOK);
  await expect(card.getByRole("button", { name: "Upgrade the database" })).toHaveCount(0);
});

test("the password is in copied text, but not in the page until it is revealed", async ({ page, context, server }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: server.consoleUrl });
  await openDatabases(page);
  const card = standard(page);
  await card.getByRole("button", { name: "Copy without showing: Password" }).click();
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(clipboard).toMatch(/^[0-9a-f]{32}$/);
  const password = await clipboard();
  for (const [way, label, secret] of [
    ["URL", "Connection URL", true],
    ["psql", "psql command", true],
    ["Environment", "libpq environment variables", true],
    ["Ecto", "config/runtime.exs", false],
    ["Rails", "config/database.yml", false],
  ] as const) {
    await card.getByRole("group", { name: "Connect with" }).getByRole("button", { name: way, exact: true }).click();
    const block = card.getByRole("region", { name: label });
    await expect(block).toBeVisible();
    expect(await page.content()).not.toContain(password);
    const copy = secret ? `Copy without showing: ${label}` : `Copy ${label}`;
    await card.getByRole("button", { name: copy }).click();
    const copied = expect.poll(clipboard);
    await (secret ? copied.toContain(password) : copied.toContain("DATABASE_URL"));
  }
  await card.getByRole("group", { name: "Connect with" }).getByRole("button", { name: "psql" }).click();
  await card.getByRole("button", { name: "Show: psql command" }).click();
  await expect(card.getByRole("region", { name: "psql command" })).toContainText(password);
  await card.getByRole("button", { name: "Hide: psql command" }).click();
  await expect(card.getByRole("button", { name: "Show: psql command" })).toBeVisible();
  expect(await page.content()).not.toContain(password);
});

test("a database is deleted by typing its name and is then listed among the deleted ones", async ({ page }) => {
  await openDatabases(page);
  await standard(page).getByRole("button", { name: "Delete quiet_amber_heron" }).click();
  await expect(dialog(page).getByText(/All data is deleted, with all backups and read replicas/)).toBeVisible();
  await expect(dialog(page).getByText(/DATABASE_URL/)).toBeVisible();
  const name = dialog(page).getByLabel(/^Type/);
  await name.fill("quiet_amber");
  await name.press("Enter");
  await expect(dialog(page)).toContainText("Type quiet_amber_heron first.");
  await name.fill("quiet_amber_heron");
  await name.press("Enter");
  await expect(standard(page)).toHaveCount(0);
  await expect(free(page).getByRole("button", { name: "Create standard database" })).toBeVisible();
  await page.locator("summary").filter({ hasText: "1 deleted database" }).click();
  await expect(page.getByRole("row", { name: /quiet-amber-heron-.*Standard database/ })).toBeVisible();
});

test("a free database over its limit says so, and what to do", async ({ page }) => {
  await openDatabases(page, "/apps/bold-misty-otter");
  await expect(free(page).getByText("The database is read-only")).toBeVisible();
  await expect(free(page).getByText(/more than 10,000 rows/)).toBeVisible();
  await free(page).getByRole("button", { name: "Create standard database" }).click();
  const create = dialog(page);
  await create.getByRole("radio", { name: /^4 GB/ }).check();
  await create.getByRole("button", { name: "15", exact: true }).click();
  await create.getByLabel("Use a different region than the app's").check();
  await create.getByRole("radio", { name: /Belgium/ }).check();
  await expect(create.getByText(/pg:create .* -s 4(\.0)? --cloud gcp --region europe-west1 -v POSTGRES_15/)).toBeVisible();
  await create.getByRole("button", { name: "Create", exact: true }).click();
  await expect(standard(page).getByText("Being created")).toBeVisible();
  await expect(standard(page).getByText("gcp europe-west1")).toBeVisible();
});

test("the free tier points to the standard tier, and a free database is a click away", async ({ page }) => {
  await signUp(page, "lin@example.com", "made up password");
  await createApp(page, "lins-app");
  await expect(page.getByRole("heading", { name: "lins-app", level: 1 })).toBeVisible();
  await openTab(page, "Databases");
  await expect(page.getByText("No databases yet")).toBeVisible();
  await page.getByRole("button", { name: "Create standard database" }).click();
  await expect(dialog(page).getByRole("link", { name: "Upgrade in Billing" })).toHaveAttribute("href", "/billing");
  await expect(dialog(page).getByRole("button", { name: "Create", exact: true })).toHaveAttribute("aria-disabled", "true");
  await dialog(page).getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Create free database" }).click();
  await dialog(page).getByRole("button", { name: "Create", exact: true }).click();
  await expect(free(page).getByText("Available")).toBeVisible();
  await expect(free(page).getByText(/2 connections in total/)).toBeVisible();
});

test("after a refusal the dialog keeps the error and the choice", async ({ page }) => {
  await openDatabases(page);
  await standard(page).getByRole("button", { name: "Scale the database" }).click();
  await dialog(page).getByRole("radio", { name: /^4 GB/ }).check();
  await page.setExtraHTTPHeaders({ "x-sandbox-fault": "500" });
  await dialog(page).getByRole("button", { name: "Scale", exact: true }).click();
  await expect(dialog(page).getByRole("alert")).toBeVisible();
  await expect(dialog(page).getByRole("radio", { name: /^4 GB/ })).toBeChecked();
  await page.setExtraHTTPHeaders({});
  await dialog(page).getByRole("button", { name: "Scale", exact: true }).click();
  await expect(standard(page).getByText("Being scaled")).toBeVisible();
});

for (const { fault, title } of [
  { fault: "500", title: "The API failed" },
  { fault: "429", title: /^1 request is waiting/ },
]) {
  test(`with a ${fault}, the page keeps its data and says why`, async ({ page, watch }) => {
    watch.expect(/429|500/);
    await openDatabases(page);
    await expect(standard(page)).toBeVisible();
    await page.setExtraHTTPHeaders({ "x-sandbox-fault": fault });
    await page.getByRole("region", { name: "Databases" }).getByRole("button", { name: "Refresh" }).click();
    await expect(page.getByText(title).first()).toBeVisible();
    await expect(standard(page)).toBeVisible();
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

    test("axe finds nothing in collapsed parts or in dialogs", async ({ page }) => {
      test.setTimeout(60_000);
      await openDatabases(page);
      const card = standard(page);
      await unfold(card, "Backups");
      await unfold(card, "Read replicas");
      await expect(card.getByRole("row", { name: /-replica-/ })).toBeVisible();
      await expectNothingForAxe(page, "the page");
      for (const button of ["Scale the database", "Upgrade the database", "Restart the database", "Add a replica"]) {
        await card.getByRole("button", { name: button }).click();
        await expect(dialog(page)).toBeVisible();
        await expectNothingForAxe(page, button);
        await page.keyboard.press("Escape");
        await expect(dialog(page)).toHaveCount(0);
      }
    });
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("nothing is wider than the screen", async ({ page }) => {
    await openDatabases(page);
    const card = standard(page);
    await unfold(card, "Backups");
    await unfold(card, "Read replicas");
    await expect(card.getByRole("row", { name: /-replica-/ })).toBeVisible();
    await expectNoSurplus(page);
    await card.getByRole("button", { name: "Scale the database" }).click();
    await expect(dialog(page)).toBeVisible();
    await expectNoSurplus(page);
  });
});

async function expectNoSurplus(page: Page): Promise<void> {
  await expect.poll(() => surplus(page)).toBeLessThanOrEqual(0);
}
