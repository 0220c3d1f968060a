// An app's surroundings: its domains, log drains, users with access, and the canary that gets a share
// of its traffic.

import type { Locator, Page } from "@playwright/test";

import { advanceClock, expect, test } from "../support/fixtures.ts";
import { createApp, dialog, openTab, signIn, signInAsDemo, signUp } from "../support/steps.ts";

const APP = "/apps/quiet-amber-heron";

/** Opens a page of the demo app that has at least one of everything. */
async function open(page: Page, segment: string): Promise<void> {
  await page.goto(`${APP}/${segment}`);
  await expect(page.getByRole("button", { name: "Refresh" })).toBeEnabled();
}

/** The list entry about `name`. */
function entry(page: Page, name: string): Locator {
  return page.getByRole("listitem").filter({ has: page.getByRole("heading", { name, exact: true }) });
}

/** The note that offers to undo, which has the focus. */
function undoNote(page: Page, text: RegExp): Locator {
  return page.getByRole("group", { name: text });
}

test.describe("domains", () => {
  test("a name is checked while it is typed, added, and followed until it serves", async ({ page, server }) => {
    await signInAsDemo(page);
    await open(page, "domains");
    const field = page.getByLabel("Name", { exact: true });
    await field.fill("https://shop.example");
    await expect(page.getByText("The name must be a name alone")).toBeVisible();
    await field.fill("heron.example");
    await expect(page.getByText("This name is already in the list.")).toBeVisible();
    await field.fill("Shop.Example.");
    await expect(page.getByText("This needs a DNS record of type ALIAS with the name @.")).toBeVisible();
    await expect(page.getByText("www.shop.example is a separate name")).toBeVisible();
    await expect(page.getByText("gigalixir domains:add -a quiet-amber-heron shop.example")).toBeVisible();
    await field.press("Enter");

    const shop = entry(page, "shop.example");
    await expect(shop.getByText("Waiting for DNS")).toBeVisible();
    await expect(field).toHaveValue("");
    await expect(shop.getByText("ALIAS", { exact: true })).toBeVisible();
    await expect(shop.getByText("@", { exact: true })).toBeVisible();
    await expect(shop.getByText("shop.example.gigalixirdns.com")).toBeVisible();
    for (const part of ["type", "name", "value"]) {
      await expect(shop.getByRole("button", { name: `Copy the ${part} for shop.example` })).toBeVisible();
    }
    // The page refreshes automatically while a domain is in transition.
    await advanceClock(server.apiUrl, 130);
    await expect(shop.getByText("Issuing certificate")).toBeVisible({ timeout: 20_000 });
    await advanceClock(server.apiUrl, 200);
    await expect(shop.getByText("Active")).toBeVisible({ timeout: 20_000 });
  });

  test("removing a domain can be undone", async ({ page }) => {
    await signInAsDemo(page);
    await open(page, "domains");
    await page.getByRole("button", { name: "Remove www.heron.example" }).click();
    await expect(dialog(page)).toContainText("Requests to www.heron.example no longer reach this app");
    await dialog(page).getByRole("button", { name: "Remove" }).click();
    await expect(entry(page, "www.heron.example")).toHaveCount(0);
    const note = undoNote(page, /www.heron.example removed/);
    await expect(note, "the button that had the focus is gone").toBeFocused();
    await note.getByRole("button", { name: "Undo" }).click();
    await expect(entry(page, "www.heron.example").getByText("Waiting for DNS")).toBeVisible();
    await expect(note).toHaveCount(0);
  });

  test("the API's refusal is shown at the field, and the draft stays", async ({ page }) => {
    await signInAsDemo(page);
    await page.goto("/apps/bold-misty-otter/domains");
    await expect(page.getByRole("heading", { name: "No domains yet" })).toBeVisible();
    const field = page.getByLabel("Name", { exact: true });
    await field.fill("heron.example");
    await page.getByRole("button", { name: "Add domain" }).click();
    await expect(page.getByText("has already been taken")).toBeVisible();
    await expect(field).toHaveValue("heron.example");
    await expect(field).toBeFocused();
  });
});

test.describe("drains", () => {
  test("an address is hidden until it is revealed, and can be copied before it is removed", async ({ page }) => {
    await signInAsDemo(page);
    await open(page, "drains");
    const old = entry(page, "logs.backoffice.example");
    await expect(old.getByText("HTTPS")).toBeVisible();
    expect(await page.content()).not.toContain("demo:made-up");
    await old.getByRole("button", { name: /^Show: URL/ }).click();
    await expect(old.getByText("https://demo:made-up@logs.backoffice.example/ingest")).toBeVisible();

    await page.getByRole("button", { name: "Remove logs.backoffice.example" }).click();
    await expect(dialog(page)).toContainText("You cannot undo this here");
    await expect(dialog(page).getByRole("button", { name: /^Copy without showing: URL/ })).toBeVisible();
    await dialog(page).getByRole("button", { name: "Remove", exact: true }).click();
    await expect(page.getByRole("heading", { name: "No drains yet" })).toBeVisible();
  });

  test("the limit is five drains, and each form of address works", async ({ page }) => {
    await signInAsDemo(page);
    await open(page, "drains");
    const field = page.getByLabel("Address", { exact: true });
    const add = page.getByRole("button", { name: "Add drain" });
    await field.fill("http://logs.example.com");
    await expect(page.getByText("The address must be https")).toBeVisible();
    await field.fill("syslog+tls://logs.example.com");
    await add.click();
    await expect(page.getByText("The address must name a port")).toBeVisible();
    await field.fill("https://user:made-up@logs.example.com/");
    await expect(page.getByText("gigalixir drains:add -a quiet-amber-heron URL")).toBeVisible();
    await field.fill("syslog://logs.example.com:514");
    await expect(page.getByText("syslog:// sends lines unencrypted.")).toBeVisible();
    for (const port of [6514, 6515, 6516, 6517]) {
      await field.fill(`syslog+tls://logs.example.com:${port}`);
      await add.click();
      await expect(entry(page, `logs.example.com:${port}`).getByText("syslog over TLS")).toBeVisible();
    }
    await expect(page.getByText("Limit of five drains reached")).toBeVisible();
    await expect(field).toHaveCount(0);
  });
});

test.describe("access", () => {
  const person = (page: Page, email: string) => page.getByRole("row").filter({ hasText: email });

  test("a user is added, gets another role, is removed and is restored", async ({ page }) => {
    await signInAsDemo(page);
    await open(page, "access");
    await expect(person(page, "demo@backoffice.example")).toContainText("Owner");
    await expect(person(page, "demo@backoffice.example")).toContainText("(you)");
    await expect(person(page, "sam@backoffice.example")).toContainText("Collaborator");

    await page.getByRole("button", { name: "Actions for kim@backoffice.example" }).click();
    await page.getByRole("menuitem", { name: "Change role" }).click();
    await expect(dialog(page)).toContainText("This takes two requests");
    await expect(dialog(page)).toContainText("access:remove -a quiet-amber-heron kim@backoffice.example && gigalixir access:add");
    await dialog(page).getByRole("button", { name: "Change role" }).click();
    await expect(person(page, "kim@backoffice.example")).toContainText("Collaborator");
    await expect(dialog(page)).toHaveCount(0);

    await page.getByRole("button", { name: "Actions for sam@backoffice.example" }).click();
    await page.getByRole("menuitem", { name: "Remove" }).click();
    await dialog(page).getByRole("button", { name: "Remove" }).click();
    await expect(person(page, "sam@backoffice.example")).toHaveCount(0);
    await undoNote(page, /sam@backoffice.example no longer has access/).getByRole("button", { name: "Undo" }).click();
    await expect(person(page, "sam@backoffice.example")).toContainText("Collaborator");

    const field = page.getByLabel("Email");
    await field.fill("sam@backoffice.example");
    await expect(page.getByText("They already have access.")).toBeVisible();
    await field.fill("nobody@example.com");
    await page.getByRole("radio", { name: /Viewer/ }).check();
    await page.getByRole("button", { name: "Give access" }).click();
    await expect(page.getByText("has no account here: they must sign up first.")).toBeVisible();
  });

  test.describe("on a slow network", () => {
    // The slow first answer leaves time to break the second request.
    test.use({ serverFlags: ["--latency", "1000"] });

    test("a half-changed role is reported and can be completed", async ({ page }) => {
      await signInAsDemo(page);
      await open(page, "access");
      // The second request fails, as if the server had gone down in between.
      await page.getByRole("button", { name: "Actions for kim@backoffice.example" }).click();
      await page.getByRole("menuitem", { name: "Change role" }).click();
      page.on("request", (request) => {
        if (request.method() === "DELETE") void page.setExtraHTTPHeaders({ "x-sandbox-fault": "500" });
      });
      await dialog(page).getByRole("button", { name: "Change role" }).click();
      await expect(dialog(page)).toContainText("kim@backoffice.example has no access now.");
      await page.setExtraHTTPHeaders({});
      page.removeAllListeners("request");
      await dialog(page).getByRole("button", { name: "Cancel" }).click();
      await undoNote(page, /kim@backoffice.example no longer has access/).getByRole("button", { name: "Undo" }).click();
      await expect(person(page, "kim@backoffice.example")).toContainText("Viewer");
    });
  });

  test("a viewer sees the app and the reason why nothing can be changed", async ({ page }) => {
    await page.goto("/sign-in");
    await signIn(page, "kim@backoffice.example", "sandbox-demo");
    await expect(page.getByRole("table", { name: "Apps" }).getByRole("link")).toHaveText(["quiet-amber-heron"]);
    await open(page, "domains");
    await page.getByLabel("Name", { exact: true }).fill("kim.example");
    await page.getByRole("button", { name: "Add domain" }).click();
    await expect(page.getByText("You may look at this app, not change it.")).toBeVisible();

    await openTab(page, "Access");
    await expect(page.getByText("You are not the owner")).toBeVisible();
    await page.getByRole("button", { name: "Actions for kim@backoffice.example" }).click();
    await page.getByRole("menuitem", { name: "Leave" }).click();
    await dialog(page).getByRole("button", { name: "Leave" }).click();
    await expect(page.getByRole("heading", { name: "You have no apps yet" })).toBeVisible();
  });

  test("on the free tier, a link to the tiers replaces the form", async ({ page }) => {
    await signUp(page, "grace@example.com", "made up password");
    await createApp(page, "graces-app");
    await expect(page.getByRole("heading", { name: "graces-app", level: 1 })).toBeVisible();
    await openTab(page, "Access");
    await expect(page.getByText("The free tier has no collaborators")).toBeVisible();
    await expect(page.getByText("Only the owner has access.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Give access" })).toHaveCount(0);
    await expect(page.getByRole("link", { name: "See the tiers" })).toHaveAttribute("href", "/billing");
  });
});

test.describe("canaries", () => {
  test("a share is staged by keyboard, applied, removed and restored", async ({ page }) => {
    await signInAsDemo(page);
    await open(page, "canaries");
    const traffic = page.getByRole("region", { name: "Traffic" });
    await expect(traffic.getByRole("listitem")).toHaveText([/quiet-amber-heron95 %/, /bold-misty-otter5 %/]);
    const slider = page.getByRole("slider", { name: "Share of the traffic" });
    const number = page.getByRole("textbox", { name: "Share of the traffic in %" });
    const apply = page.getByRole("button", { name: "Apply" });
    await expect(slider).toHaveValue("5");
    await expect(apply).toHaveAccessibleDescription("You have not changed anything.");
    await slider.press("ArrowRight");
    await expect(number).toHaveValue("6");
    await number.fill("101");
    await expect(page.getByText("Enter a whole number from 0 to 100.")).toBeVisible();
    await number.press("Tab");
    await expect(number, "the effective value is shown").toHaveValue("6");
    await page.getByRole("button", { name: "25 %", exact: true }).click();
    await expect(page.getByText("Applying changes the share of bold-misty-otter from 5 % to 25 %.")).toBeVisible();
    await expect(page.getByText("gigalixir canary:set -a quiet-amber-heron -w 25")).toBeVisible();
    await apply.click();
    await expect(traffic.getByRole("listitem")).toHaveText([/75 %/, /25 %/]);
    await expect(apply).toHaveAccessibleDescription("You have not changed anything.");

    await page.getByRole("button", { name: "Remove the canary bold-misty-otter" }).click();
    await expect(dialog(page)).toContainText("including the 25 % that bold-misty-otter gets now");
    await dialog(page).getByRole("button", { name: "Remove" }).click();
    await expect(page.getByRole("heading", { name: "No canary" })).toBeVisible();
    await undoNote(page, /no longer the canary/).getByRole("button", { name: "Undo" }).click();
    await expect(traffic.getByRole("listitem")).toHaveText([/75 %/, /25 %/]);
  });

  test("the page warns about an app that would not answer before it gets a share", async ({ page }) => {
    await signInAsDemo(page);
    await open(page, "canaries");
    await expect(page.getByText("Some of this app's pods are failing")).toBeVisible();
    await page.getByLabel("Other app").selectOption("idle-copper-newt");
    await expect(page.getByText("This app is stopped")).toBeVisible();
    await expect(page.getByText("5 % of this app's requests depend on it.")).toBeVisible();
    await expect(page.getByText("Applying sends 5 % of the requests to idle-copper-newt and none to bold-misty-otter.")).toBeVisible();
    await page.getByRole("button", { name: "Reset", exact: true }).click();
    await expect(page.getByLabel("Other app")).toHaveValue("bold-misty-otter");
  });

  test("without another app the page says how to create one", async ({ page }) => {
    await signUp(page, "grace@example.com", "made up password");
    await createApp(page, "graces-app");
    await expect(page.getByRole("heading", { name: "graces-app", level: 1 })).toBeVisible();
    await openTab(page, "Canaries");
    await expect(page.getByRole("heading", { name: "No canary" })).toBeVisible();
    await expect(page.getByText("No other app")).toBeVisible();
  });
});

const PAGES = [
  { segment: "domains", there: "www.heron.example" },
  { segment: "drains", there: "logs.backoffice.example" },
  { segment: "access", there: "sam@backoffice.example" },
  { segment: "canaries", there: "this app" },
];

for (const { segment, there } of PAGES) {
  test(`${segment}: a failed refresh says so and keeps the data`, async ({ page }) => {
    await signInAsDemo(page);
    await open(page, segment);
    await page.setExtraHTTPHeaders({ "x-sandbox-fault": "500" });
    await page.getByRole("button", { name: "Refresh" }).click();
    await expect(page.getByRole("alert").first()).toBeVisible();
    await expect(page.getByText(there).first()).toBeVisible();
  });
}

test.describe("with short windows", () => {
  test.use({ serverFlags: ["--window", "5"] });

  for (const { segment, there } of PAGES) {
    test(`${segment}: a refresh over the limit waits and resumes automatically`, async ({ page }) => {
      await signInAsDemo(page);
      await open(page, segment);
      await page.setExtraHTTPHeaders({ "x-sandbox-fault": "429" });
      await page.getByRole("button", { name: "Refresh" }).click();
      const note = page.locator(".note").getByText(/requests? (is|are) waiting\./);
      await expect(note).toBeVisible();
      await expect(page.getByText(there).first()).toBeVisible();
      await page.setExtraHTTPHeaders({});
      await expect(note).toHaveCount(0, { timeout: 30_000 });
      await expect(page.getByRole("button", { name: "Refresh" })).toBeEnabled();
      await expect(page.getByRole("alert")).toHaveCount(0);
    });
  }
});
