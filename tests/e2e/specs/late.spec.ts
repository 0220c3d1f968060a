// A change that has waited for over a minute asks before it is sent, and is sent once or not at all.

import type { Locator, Page } from "@playwright/test";

import { advanceClock, expect, test, type SandboxServer } from "../support/fixtures.ts";
import { useUp } from "../support/outside.ts";
import { requests } from "../support/sandbox.ts";
import { dialog, signInAsDemo, stageVariable } from "../support/steps.ts";

const APP = "/apps/quiet-amber-heron";

test.use({ serverFlags: ["--rate-limit", "20", "--window", "120"] });
test.setTimeout(90_000);

/** The question whether to send a change. */
function asks(scope: Locator): Locator {
  return scope.locator(".note__title").getByText(/has not been sent/);
}

/** Advances the clock past the window, for the page and the server. */
async function passWindow(page: Page, server: SandboxServer): Promise<void> {
  await advanceClock(server.apiUrl, 125);
  await page.clock.fastForward(125_000);
}

/** Presses a button again, whose name is *Send* while the change asks, and checks that the server
 * receives the change once. */
async function sendNow(page: Page, server: SandboxServer, operation: string): Promise<void> {
  const done = async () =>
    (await requests(server.apiUrl, { operation })) - (await requests(server.apiUrl, { operation, status: 429 }));
  expect(await done(), "nothing is sent without asking").toBe(0);
  await page.getByRole("button", { name: "Send", exact: true }).first().click();
  await expect.poll(done).toBe(1);
}

test("scaling that would wait for over a minute asks, and is sent once", async ({ page, server }) => {
  await page.clock.install();
  await signInAsDemo(page);
  await page.goto(`${APP}/settings`);
  const card = page.getByRole("region", { name: "Scale" });
  await expect(card.getByLabel("Replicas")).toHaveValue("2");
  await useUp(server.apiUrl);
  await card.getByLabel("Replicas").fill("3");
  await card.getByRole("button", { name: "Scale" }).click();
  await expect(asks(card)).toBeVisible();
  await passWindow(page, server);
  await expect(asks(card)).toBeVisible();
  await sendNow(page, server, "scale_app");
});

test("a delete that would wait for over a minute asks, and Cancel takes it back", async ({ page, server }) => {
  await page.clock.install();
  await signInAsDemo(page);
  await page.goto("/apps/idle-copper-newt/settings");
  const open = page.getByRole("button", { name: /^Delete app/ });
  await expect(open).toBeVisible();
  await useUp(server.apiUrl);
  await open.click();
  await dialog(page).getByLabel(/Type/).fill("idle-copper-newt");
  await dialog(page).getByRole("button", { name: "Delete app" }).click();
  await expect(asks(dialog(page))).toBeVisible();
  await passWindow(page, server);
  await expect(asks(dialog(page))).toBeVisible();
  expect(await requests(server.apiUrl, { operation: "delete_app", status: 200 })).toBe(0);
  await dialog(page).getByRole("button", { name: "Cancel" }).click();
  await passWindow(page, server);
  expect(await requests(server.apiUrl, { operation: "delete_app", status: 200 })).toBe(0);
});

test("a config change that would wait for over a minute asks, and is sent once", async ({ page, server }) => {
  await page.clock.install();
  await signInAsDemo(page);
  await page.goto(`${APP}/config`);
  await stageVariable(page, "LATE", "1");
  await page.getByRole("button", { name: /^Review/ }).click();
  await expect(dialog(page)).toBeVisible();
  await useUp(server.apiUrl);
  await dialog(page).getByRole("button", { name: /^Apply/ }).click();
  await expect(asks(dialog(page))).toBeVisible();
  await passWindow(page, server);
  await sendNow(page, server, "set_configs");
});
