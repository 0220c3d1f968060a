// The pages about one app: what runs, releases, activity, settings.

import { readFile } from "node:fs/promises";

import { advanceClock, expect, test } from "../support/fixtures.ts";
import { dialog, health, openTab, signInAsDemo } from "../support/steps.ts";

const APP = "/apps/quiet-amber-heron";

test("a push starts the new release beside the old one", async ({ page, server }) => {
  await signInAsDemo(page);
  await page.goto(APP);
  await page.getByRole("button", { name: "Simulate push" }).click();
  await expect(page.getByText("Build in progress", { exact: true })).toBeVisible();
  await advanceClock(server.apiUrl, 13);
  const rollout = page.getByRole("list", { name: "Pods by release" });
  await expect(rollout).toContainText("v8", { timeout: 60_000 });
  await expect(rollout.getByRole("listitem")).toHaveCount(2);
  await expect(rollout.getByRole("listitem").first()).toContainText(/2 healthy/);
  await advanceClock(server.apiUrl, 60);
  await expect(health(page)).toContainText("Healthy", { timeout: 60_000 });
  await expect(health(page)).toContainText("2 wanted, 2 running, 2 healthy");
  await expect(rollout).toHaveCount(0);
});

test("a pod out of memory says what to do, and is killed after a confirmation", async ({ page }) => {
  await signInAsDemo(page);
  await page.goto("/apps/bold-misty-otter");
  const row = page.getByRole("row", { name: /Unhealthy/ });
  await expect(row).toContainText("OOMKilled");
  await row.getByRole("button", { name: "Choose a larger size" }).click();
  await expect(dialog(page).getByLabel("Size")).toHaveValue("0.3");
  await page.keyboard.press("Escape");
  await row.getByRole("button", { name: /^Kill bold-misty-otter/ }).click();
  await expect(dialog(page)).toContainText("gigalixir ps:kill -a bold-misty-otter -p");
  await dialog(page).getByRole("button", { name: "Kill pod" }).click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByRole("row", { name: /Starting/ })).toBeVisible();
});

test("the address selects two releases to compare", async ({ page }) => {
  await signInAsDemo(page);
  await page.goto(`${APP}/releases?compare=2..5`);
  const card = page.getByRole("region", { name: "From v2 to v5" });
  await expect(card).toContainText("PHX_HOST");
  await expect(card).toContainText("git diff");
  await card.getByLabel("To").selectOption("3");
  await expect(page).toHaveURL(/compare=2[.][.]3/);
  await expect(page.getByRole("region", { name: "From v2 to v3" })).toContainText("Same commit");
  await page.getByRole("button", { name: "Close the comparison" }).click();
  await expect(page).not.toHaveURL(/compare/);
  await page.goBack();
  await expect(page.getByRole("region", { name: "From v2 to v3" })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("region", { name: "From v2 to v5" })).toBeVisible();
});

test("a rollback says what it does, and is undone from the page", async ({ page }) => {
  await signInAsDemo(page);
  await page.goto(`${APP}/releases`);
  await page.getByRole("button", { name: "Roll back to v6" }).first().click();
  await expect(dialog(page)).toContainText("Migrations are not undone");
  await expect(dialog(page)).toContainText("This adds v8");
  await dialog(page).getByRole("button", { name: "Roll back" }).click();
  await expect(page.getByRole("row", { name: /Rolled back to v6/ })).toContainText("v8");
  await page.getByRole("button", { name: "Undo: roll back to v7" }).click();
  await dialog(page).getByRole("button", { name: "Roll back" }).click();
  await expect(page.getByRole("row", { name: /Rolled back to v7/ })).toContainText("v9");
});

test.describe("five hundred releases", () => {
  test.use({ serverFlags: ["--seed-releases", "500"] });

  test("are rendered in part but searched completely", async ({ page }) => {
    await signInAsDemo(page);
    await page.goto(`${APP}/releases`);
    await expect(page.getByText("507 releases")).toBeVisible();
    const table = page.getByRole("table", { name: "Releases" });
    await expect(table).toHaveAttribute("aria-rowcount", "508");
    expect(await table.getByRole("row").count()).toBeLessThan(60);
    await page.keyboard.press("End");
    await expect(table.getByRole("row", { name: /^v1\b/ })).toBeVisible();
    await page.getByLabel("Filter by text or commit").fill("FEATURE_SEARCH");
    await expect(page.getByText("1 of 507 releases")).toBeVisible();
    await expect(page).toHaveURL(/q=FEATURE_SEARCH/);
  });
});

test("the address keeps the filter of the activity, which can be exported", async ({ page }) => {
  await signInAsDemo(page);
  await page.goto(`${APP}/activity`);
  await page.getByLabel("Kind").selectOption("rollback");
  await expect(page.getByText(/^1 of \d+ entries$/)).toBeVisible();
  await expect(page).toHaveURL(/kind=rollback/);
  const row = page.getByRole("row", { name: /Rolled back to v4/ });
  await expect(row.getByRole("link", { name: /^Undo:/ })).toBeVisible();
  await page.getByRole("button", { name: "Export shown entries" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "As CSV" }).click();
  const file = await (await download).path();
  const text = await readFile(file, "utf8");
  expect(text).toContain("when,who,kind,what");
  expect(text).toContain(",rollback,Rolled back to v4.");
  await page.getByLabel("Filter by text").fill("nothing like it");
  await page.getByRole("button", { name: "Show all" }).click();
  await expect(page.getByRole("row", { name: /Created the app/ })).toBeVisible();
});

test("scaling shows its price first, the new scale as soon as it is sent, and the old scale when it is refused", async ({ page }) => {
  await signInAsDemo(page);
  await page.goto(`${APP}/settings`);
  const card = page.getByRole("region", { name: "Scale" });
  await card.getByLabel("Replicas").fill("3");
  await expect(card).toContainText("$75 a month ($25 more)");
  await expect(card).toContainText("Adds 1 pod");
  await page.setExtraHTTPHeaders({ "x-sandbox-fault": "500" });
  await card.getByRole("button", { name: "Scale" }).click();
  await expect(card.getByRole("alert").last()).toBeVisible();
  await expect(card, "the old scale, with the input").toContainText("2 × 0.5");
  await expect(card.getByLabel("Replicas")).toHaveValue("3");
  await page.setExtraHTTPHeaders({});
  await card.getByRole("button", { name: "Scale" }).click();
  await openTab(page, "Overview");
  await expect(health(page)).toContainText("/ 3");
});

test("maintenance is turned on and off, and its state is shown only if it is known", async ({ page }) => {
  await signInAsDemo(page);
  await page.goto(`${APP}/settings`);
  const card = page.getByRole("region", { name: "Maintenance mode" });
  await expect(card).toContainText("Current state unknown");
  await card.getByRole("button", { name: "Turn on" }).click();
  await dialog(page).getByRole("button", { name: "Turn on" }).click();
  await expect(card).toContainText("Turned on from this tab");
  await openTab(page, "Overview");
  await expect(page.getByText("Maintenance mode is on", { exact: true })).toBeVisible();
  await page.goto(`${APP}/settings`);
  await card.getByRole("button", { name: "Check the activity" }).click();
  await expect(card).toContainText("turned it on");
  await card.getByRole("button", { name: "Turn off" }).click();
  await expect(dialog(page)).toContainText("gigalixir maintenance:off -a quiet-amber-heron");
  await dialog(page).getByRole("button", { name: "Turn off" }).click();
  await expect(card).toContainText("Turned off from this tab");
});

test("a new stack applies to the next deploy", async ({ page }) => {
  await signInAsDemo(page);
  await page.goto(`${APP}/settings`);
  await page.getByRole("radio", { name: /gigalixir-18/ }).check();
  await page.getByRole("button", { name: "Set stack" }).click();
  await expect(page.getByText("gcp · europe-west1 · gigalixir-18")).toBeVisible();
});

test("an app is deleted by typing its name", async ({ page }) => {
  await signInAsDemo(page);
  await page.goto("/apps/idle-copper-newt/settings");
  await page.getByRole("button", { name: "Delete app" }).click();
  await expect(dialog(page)).toContainText("with all data and all backups");
  const remove = dialog(page).getByRole("button", { name: "Delete app" });
  await expect(remove).toHaveAttribute("aria-disabled", "true");
  await dialog(page).getByLabel("Type idle-copper-newt to continue").fill("idle-copper-newt");
  await remove.click();
  await expect(page.getByRole("heading", { name: "Apps", level: 1 })).toBeVisible();
  await expect(page.getByRole("link", { name: "quiet-amber-heron" })).toBeVisible();
  await expect(page.getByRole("link", { name: "idle-copper-newt" })).toHaveCount(0);
});
