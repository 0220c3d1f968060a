// Every page that can be empty says so and what to do next; doing that fills it.

import type { Locator, Page } from "@playwright/test";

import { expect, test } from "../support/fixtures.ts";
import { createApp, dialog, signInAsDemo, signUp } from "../support/steps.ts";

test.use({ serverFlags: ["--rate-limit", "5000"] });

const APP = "/apps/graces-app";

/** A page in its empty state. */
interface Empty {
  page: string;
  /** Its address. */
  path: string;
  /** How to empty it, if it is never empty at first. */
  emptied?: (page: Page) => Promise<void>;
  /** What it says while it is empty. */
  says: string;
  /** The action that it offers. */
  offers: { role: "button" | "link"; name: string };
  /** What it shows after that action. */
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

/** Pages of an account without an app. */
const OF_ACCOUNT: Empty[] = [
  { page: "apps", path: "/apps", says: "You have no apps yet", offers: link("Create your first app"), leads: at(/\/new-app$/) },
  { page: "SSH keys", path: "/account/ssh-keys", says: "No keys yet", offers: button("Add a key"), leads: focused((page) => page.getByLabel("Public key")) },
  { page: "requests", path: "/requests", says: "No requests yet", offers: link("All apps"), leads: at(/\/apps$/) },
  {
    page: "second factor",
    path: "/account/security",
    says: "Your password alone is enough to sign in.",
    offers: button("Set up"),
    leads: (page) => expect(page.getByRole("img", { name: /QR code/ })).toBeVisible(),
  },
  {
    page: "API key",
    path: "/account/security",
    says: "This server does not show the key here.",
    offers: button("Replace API key…"),
    leads: (page) => expect(dialog(page).getByLabel("Current password")).toBeFocused(),
  },
];

/** Pages of an app that was never deployed. */
const OF_APP: Empty[] = [
  { page: "pods", path: APP, says: "Nothing is running", offers: link("Open the guide"), leads: at(/\/guide$/) },
  { page: "releases", path: `${APP}/releases`, says: "No releases yet", offers: link("How to deploy"), leads: at(/\/graces-app$/) },
  { page: "config", path: `${APP}/config`, says: "No variables yet", offers: button("Add a variable"), leads: (page) => expect(dialog(page).getByLabel("Name")).toBeFocused() },
  { page: "logs", path: `${APP}/logs`, emptied: clearLogs, says: "No lines yet", offers: link("How to deploy"), leads: at(/\/graces-app$/) },
  { page: "metrics", path: `${APP}/metrics`, says: "No measurements yet", offers: link("How to deploy"), leads: at(/\/graces-app$/) },
  { page: "databases", path: `${APP}/databases`, says: "No databases yet", offers: button("Create free database"), leads: opened(/free database/i) },
  { page: "jobs", path: `${APP}/jobs`, says: "No jobs", offers: button("Run a command"), leads: focused((page) => page.getByLabel("Command", { exact: true })) },
  { page: "domains", path: `${APP}/domains`, says: "No domains yet", offers: button("Add a domain"), leads: focused((page) => page.getByLabel("Name", { exact: true })) },
  { page: "drains", path: `${APP}/drains`, says: "No drains yet", offers: button("Add a drain"), leads: focused((page) => page.getByLabel("Address", { exact: true })) },
  { page: "access", path: `${APP}/access`, says: "Only the owner has access.", offers: link("See the tiers"), leads: at(/\/billing$/) },
  { page: "canaries", path: `${APP}/canaries`, says: "No canary", offers: link("New app"), leads: at(/\/new-app$/) },
  // Last, because afterwards the account is on the standard tier.
  { page: "invoices", path: "/billing", says: "No invoices yet", offers: button("Upgrade to Standard"), leads: (page) => expect(page.getByRole("region", { name: "Card", exact: true })).toContainText("4242") },
];

/** Opens each page and takes the action that it offers. */
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

test("each page of a new account and of an app that was never deployed says what to do", async ({ page }) => {
  test.setTimeout(120_000);
  await signUp(page, "grace@example.com", "made up password");
  await tryAll(page, OF_ACCOUNT);
  await page.goto("/apps");
  await createApp(page, "graces-app");
  await expect(page.getByRole("heading", { name: "graces-app", level: 1 })).toBeVisible();
  await tryAll(page, OF_APP);
  // Creating the app is its first activity.
  await page.goto(`${APP}/activity`);
  await expect(page.getByRole("row", { name: /Created the app/ })).toBeVisible();
  await expect(page.getByRole("main").getByRole("row")).toHaveCount(2);
});

test("anything stopped, filtered out or missing is one step away", async ({ page }) => {
  await signInAsDemo(page);
  await tryAll(page, [
    { page: "pods of a stopped app", path: "/apps/idle-copper-newt", says: "Nothing is running", offers: button("Scale app"), leads: opened(/Scale/) },
    {
      page: "activity that is filtered",
      path: "/apps/quiet-amber-heron/activity?kind=rollback&q=nothing",
      says: "No entries match.",
      offers: button("Show all"),
      leads: (page) => expect(page.getByRole("row", { name: /Created the app/ })).toBeVisible(),
    },
  ]);
  // The demo account has a card, so this read is answered as for an account without one.
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
  await expect(log.getByRole("heading", { name: "No lines match" })).toBeVisible();
  await log.getByRole("button", { name: "Show all lines" }).click();
  await expect(log).toContainText("GET");
});
