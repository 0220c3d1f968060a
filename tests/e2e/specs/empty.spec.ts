// Every page that can be empty says so, and what to do next; doing that leads there.

import type { Locator, Page } from "@playwright/test";

import { expect, test } from "../support/fixtures.ts";
import { createApp, dialog, signInAsDemo, signUp } from "../support/steps.ts";

test.use({ serverFlags: ["--rate-limit", "5000"] });

const APP = "/apps/graces-app";

/** A page as it is when there is nothing on it. */
interface Empty {
  page: string;
  /** Its address. */
  path: string;
  /** What empties it, where it is never empty by itself. */
  emptied?: (page: Page) => Promise<void>;
  /** What it says instead. */
  says: string;
  /** What it offers to do. */
  offers: { role: "button" | "link"; name: string };
  /** What is there once that is done. */
  leads: (page: Page) => Promise<void>;
}

const focused = (field: (page: Page) => Locator) => (page: Page) => expect(field(page)).toBeFocused();
const opened = (name: RegExp) => (page: Page) => expect(page.getByRole("dialog", { name })).toBeVisible();
const at = (address: RegExp) => (page: Page) => expect(page).toHaveURL(address);
const button = (name: string) => ({ role: "button", name }) as const;
const link = (name: string) => ({ role: "link", name }) as const;

async function clearLogs(page: Page): Promise<void> {
  await expect(page.getByRole("log", { name: "Log lines" })).toContainText("Created the app.");
  await page.getByRole("button", { name: "Clear" }).click();
}

/** Of an account without an app. */
const OF_ACCOUNT: Empty[] = [
  { page: "apps", path: "/apps", says: "You have no apps yet", offers: link("Create your first app"), leads: at(/\/new-app$/) },
  { page: "SSH keys", path: "/account/ssh-keys", says: "No keys yet", offers: button("Add the first one"), leads: focused((page) => page.getByLabel("Public key")) },
  { page: "requests", path: "/requests", says: "No requests yet", offers: link("All apps"), leads: at(/\/apps$/) },
  {
    page: "second factor",
    path: "/account/security",
    says: "The password alone is enough to sign in.",
    offers: button("Set it up"),
    leads: (page) => expect(page.getByRole("img", { name: /QR code/ })).toBeVisible(),
  },
  {
    page: "API key",
    path: "/account/security",
    says: "This server does not show it here.",
    offers: button("Replace the API key…"),
    leads: (page) => expect(dialog(page).getByLabel("Current password")).toBeFocused(),
  },
];

/** Of an app that was never deployed. */
const OF_APP: Empty[] = [
  { page: "pods", path: APP, says: "Nothing runs", offers: link("Open the guide"), leads: at(/\/guide$/) },
  { page: "releases", path: `${APP}/releases`, says: "No releases yet", offers: link("How to deploy"), leads: at(/\/graces-app$/) },
  { page: "config", path: `${APP}/config`, says: "No variables yet", offers: button("Add the first one"), leads: (page) => expect(dialog(page).getByLabel("Name")).toBeFocused() },
  { page: "logs", path: `${APP}/logs`, emptied: clearLogs, says: "No lines yet", offers: link("How to deploy"), leads: at(/\/graces-app$/) },
  { page: "metrics", path: `${APP}/metrics`, says: "Nothing measured yet", offers: link("How to deploy"), leads: at(/\/graces-app$/) },
  { page: "databases", path: `${APP}/databases`, says: "No database yet", offers: button("Create the free database"), leads: opened(/free database/i) },
  { page: "jobs", path: `${APP}/jobs`, says: "No jobs now", offers: button("Type a command"), leads: focused((page) => page.getByLabel("Command", { exact: true })) },
  { page: "domains", path: `${APP}/domains`, says: "No domains yet", offers: button("Add the first one"), leads: focused((page) => page.getByLabel("Name", { exact: true })) },
  { page: "drains", path: `${APP}/drains`, says: "No drains yet", offers: button("Add the first one"), leads: focused((page) => page.getByLabel("Address", { exact: true })) },
  { page: "access", path: `${APP}/access`, says: "Nobody else has access.", offers: link("See the tiers"), leads: at(/\/billing$/) },
  { page: "canaries", path: `${APP}/canaries`, says: "No canary", offers: link("New app"), leads: at(/\/new-app$/) },
  // At the end, since the account has the standard tier after it.
  { page: "invoices", path: "/billing", says: "No invoices yet", offers: button("Upgrade to Standard"), leads: (page) => expect(page.getByRole("region", { name: "Card", exact: true })).toContainText("4242") },
];

/** Opens each page and does what it offers. */
async function tryAll(page: Page, places: Empty[]): Promise<void> {
  for (const { page: name, path, emptied, says, offers, leads } of places) {
    await test.step(name, async () => {
      await page.goto(path);
      await emptied?.(page);
      const main = page.getByRole("main");
      await expect(main.getByText(says).first()).toBeVisible();
      await expect(main.getByRole("alert").filter({ hasText: /\S/ })).toHaveCount(0);
      await main.getByRole(offers.role, { name: offers.name, exact: true }).click();
      await leads(page);
    });
  }
}

test("a new account, and an app that was never deployed, say on each page what to do", async ({ page }) => {
  test.setTimeout(120_000);
  await signUp(page, "grace@example.com", "made up password");
  await tryAll(page, OF_ACCOUNT);
  await page.goto("/apps");
  await createApp(page, "graces-app");
  await expect(page.getByRole("heading", { name: "graces-app", level: 1 })).toBeVisible();
  await tryAll(page, OF_APP);
  // What made the app is the first thing that it remembers.
  await page.goto(`${APP}/activity`);
  await expect(page.getByRole("row", { name: /Created the app/ })).toBeVisible();
  await expect(page.getByRole("main").getByRole("row")).toHaveCount(2);
});

test("what is stopped, filtered away or not on file is a step away", async ({ page }) => {
  await signInAsDemo(page);
  await tryAll(page, [
    { page: "pods of a stopped app", path: "/apps/idle-copper-newt", says: "Nothing runs", offers: button("Choose a scale"), leads: opened(/Scale/) },
    {
      page: "activity that is filtered",
      path: "/apps/quiet-amber-heron/activity?kind=rollback&q=nothing",
      says: "No entry is like that.",
      offers: button("Show all"),
      leads: (page) => expect(page.getByRole("row", { name: /Created the app/ })).toBeVisible(),
    },
  ]);
  // The demo account has a card, so this one read is answered as for an account without.
  await page.route("**/api/payment_methods", (route) =>
    route.continue({ headers: { ...route.request().headers(), "x-sandbox-fault": "404" } }),
  );
  await tryAll(page, [
    { page: "card", path: "/billing", says: "No card on file", offers: button("Add a card"), leads: opened(/card/i) },
  ]);
  await page.goto("/apps/quiet-amber-heron/logs");
  const log = page.getByRole("log", { name: "Log lines" });
  await expect(log).toContainText("GET");
  await page.getByLabel("Filter lines").fill("nothing like it");
  await expect(log.getByRole("heading", { name: "No line matches" })).toBeVisible();
  await log.getByRole("button", { name: "Show all lines" }).click();
  await expect(log).toContainText("GET");
});
