// The guide as a checklist: it follows the API, remembers ticks, and costs little.

import type { Locator, Page } from "@playwright/test";

import { advanceClock, expect, test } from "../support/fixtures.ts";
import { requests } from "../support/sandbox.ts";
import { everyRule, expectNothingForAxe, surplus } from "../support/standards.ts";
import { ROLLOUT, signInAsDemo, signUp } from "../support/steps.ts";
import { Traffic } from "../support/traffic.ts";

/** The number of requests that the whole guide may cost, including watching the deploy. */
const BUDGET = 60;

function head(page: Page, title: string): Locator {
  return page.getByRole("button", { name: title });
}

async function tick(page: Page, title: string): Promise<void> {
  await expect(head(page, title)).toHaveAttribute("aria-expanded", "true");
  await page.getByRole("button", { name: "I have done this" }).click();
  await expect(head(page, title)).toContainText("Marked as done");
}

async function openGuide(page: Page): Promise<void> {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Guide" }).click();
  await expect(page.getByRole("heading", { name: "Guide", level: 1 })).toBeVisible();
}

test("the guide leads from a new account to a migrated app within the request budget", async ({ page, server }) => {
  test.setTimeout(150_000);
  await signUp(page, "ada@example.com", "correct horse battery");
  const before = await requests(server.apiUrl, {});
  await openGuide(page);
  await expect(head(page, "Create an account")).toContainText("Done");
  await tick(page, "Install the command-line client");
  await tick(page, "Log in on the command line");
  await tick(page, "Prepare your app");

  await page.getByLabel("App name").fill("guide-app");
  await page.getByRole("button", { name: "Create app" }).click();
  await expect(head(page, "Create the app")).toContainText("Done");
  await tick(page, "Add the git remote");
  await tick(page, "Specify versions");

  await page.getByRole("button", { name: "Create free database" }).click();
  await expect(head(page, "Create a database")).toContainText("Done");
  await expect(head(page, "Check the config")).toContainText("Done");

  await page.getByRole("button", { name: "Simulate push" }).click();
  await expect(page.getByText("Waiting for the release")).toBeVisible();
  await expect(head(page, "Deploy")).toContainText("In progress");
  await advanceClock(server.apiUrl, 13);
  await expect(head(page, "Deploy")).toContainText("Done", ROLLOUT);
  await expect(head(page, "Check that it works")).toContainText("In progress", ROLLOUT);
  await advanceClock(server.apiUrl, 30);
  await expect(head(page, "Check that it works")).toContainText("Done", ROLLOUT);

  await page.getByRole("button", { name: "Run mix ecto.migrate" }).click();
  await expect(head(page, "Run migrations")).toContainText("In progress");
  await advanceClock(server.apiUrl, 30);
  await expect(page.getByText("12 of 12 done")).toBeVisible(ROLLOUT);
  const cost = (await requests(server.apiUrl, {})) - before;
  expect(cost, "requests of the whole guide").toBeLessThanOrEqual(BUDGET);
});

test("the guide notices a push from anywhere, and ticks survive a reload", async ({ page }) => {
  await signInAsDemo(page);
  await page.goto("/guide?app=idle-copper-newt");
  await expect(head(page, "Create the app")).toContainText("Done");
  await tick(page, "Install the command-line client");
  await page.getByRole("button", { name: "Windows" }).click();
  await head(page, "Install the command-line client").click();
  await expect(page.getByText("SetEnvironmentVariable")).toBeVisible();
  await page.goto("/guide");
  await expect(head(page, "Install the command-line client")).toContainText("Marked as done");
  await expect(page.getByRole("button", { name: "Windows" })).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByText("App: idle-copper-newt")).toBeVisible();
  await head(page, "Install the command-line client").click();
  await page.getByRole("button", { name: "Mark as not done" }).click();
  await expect(head(page, "Install the command-line client")).toContainText("Next");
});

test("an open guide with nothing in progress sends no requests", async ({ page, server }) => {
  const traffic = new Traffic(page, server);
  // Before the page starts a timer, which would otherwise use the real clock.
  await page.clock.install();
  await signInAsDemo(page);
  await page.goto("/guide?app=quiet-amber-heron");
  await expect(head(page, "Check that it works")).toContainText("Done");
  await expect(head(page, "Check the config")).toContainText("Done");
  await traffic.quiet();
  const before = await requests(server.apiUrl, {});
  // Steps open and close, and the page's clock advances by a minute.
  for (const title of ["Deploy", "Create a database", "Check the config", "Run migrations"]) {
    await head(page, title).click();
  }
  await page.clock.runFor(60_000);
  await traffic.quiet();
  expect(await requests(server.apiUrl, {})).toBe(before);
});

test("the name of a new app is checked, and an existing app is found", async ({ page }) => {
  await signInAsDemo(page);
  await openGuide(page);
  await head(page, "Create the app").click();
  await page.getByLabel("App name").fill("9lives");
  await expect(page.getByText(/^The name can only/)).toBeVisible();
  await page.getByLabel("App name").fill("otter");
  await page.getByRole("button", { name: "bold-misty-otter" }).click();
  await expect(page.getByText("App: bold-misty-otter")).toBeVisible();
  await head(page, "Check that it works").click();
  await expect(page.getByText("The app does not become healthy")).toBeVisible();
});

test("a failure is shown at its step, and the guide stays", async ({ page }) => {
  await signInAsDemo(page);
  await page.goto("/guide?app=idle-copper-newt");
  await expect(head(page, "Create the app")).toContainText("Done");
  await head(page, "Create the app").click();
  await page.setExtraHTTPHeaders({ "x-sandbox-fault": "500" });
  await page.getByLabel("App name").fill("not-to-be");
  await page.getByRole("button", { name: "Create app" }).click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  await expect(page.getByLabel("App name")).toHaveValue("not-to-be");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on the guide, the terminal and the versions page, ${colorScheme}`, async ({ page }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width: 390, height: 844 });
    await signInAsDemo(page);
    for (const path of ["/guide?app=quiet-amber-heron", "/apps/quiet-amber-heron/terminal", "/versions?elixir=1.14.3&erlang=26.0"]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.getByText("Loading", { exact: true })).toHaveCount(0);
      await expectNothingForAxe(page, path, everyRule(page));
      expect(await surplus(page), path).toBeLessThanOrEqual(0);
    }
  });
}
