// A change between the click and the API: the user can cancel it until it is sent, its dialog says why
// it waits, and a change that destroys something is not kept for later.

import type { Locator, Page } from "@playwright/test";

import { advanceClock, expect, test, type SandboxServer } from "../support/fixtures.ts";
import { useUp } from "../support/outside.ts";
import { requests } from "../support/sandbox.ts";
import { dialog, signInAsDemo } from "../support/steps.ts";

const APP = "/apps/quiet-amber-heron";
/** An app that no other test data depends on. */
const IDLE = "idle-copper-newt";

/** How often the API has executed an operation. */
async function executed(server: SandboxServer, operation: string): Promise<number> {
  return requests(server.apiUrl, { operation, status: 200 });
}

/** Opens a page of an app and waits for its data. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("button", { name: "Restart", exact: true })).toBeEnabled();
  await expect(page.getByRole("button", { name: "Scale", exact: true }).first()).toBeEnabled();
}

/** Opens the page from which the idle app can be deleted. */
async function openIdle(page: Page): Promise<void> {
  await page.goto(`/apps/${IDLE}/settings`);
  await expect(page.getByRole("region", { name: "Scale" }).getByLabel("Replicas")).toHaveValue("0");
}

/** Presses Restart and confirms. */
async function restart(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Restart", exact: true }).click();
  await dialog(page).getByRole("button", { name: "Restart", exact: true }).click();
  return dialog(page);
}

/** Deletes the idle app and confirms. */
async function deleteIdle(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Delete app" }).click();
  await dialog(page).getByLabel(`Type ${IDLE} to continue`).fill(IDLE);
  await dialog(page).getByRole("button", { name: "Delete app" }).click();
  return dialog(page);
}

/** Reads the list of apps again, which shows that the API accepts requests and how many are left. */
async function readApps(page: Page): Promise<void> {
  const answered = page.waitForResponse((answer) => answer.url().endsWith("/api/apps") && answer.ok(), {
    timeout: 60_000,
  });
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Apps" }).click();
  await answered;
}

test.describe("with ten requests a window", () => {
  test.use({ serverFlags: ["--rate-limit", "10", "--window", "20"] });
  test.setTimeout(120_000);

  const WAYS: { way: string; leave: (page: Page) => Promise<void> }[] = [
    { way: "Cancel", leave: (page) => dialog(page).getByRole("button", { name: "Cancel" }).click() },
    { way: "Esc", leave: (page) => page.keyboard.press("Escape") },
    { way: "the cross", leave: (page) => dialog(page).getByRole("button", { name: "Close" }).click() },
  ];
  for (const { way, leave } of WAYS) {
    test(`a restart that waits for the limit is cancelled with ${way} and never runs`, async ({ page, server }) => {
      await signInAsDemo(page);
      await open(page, APP);
      await useUp(server.apiUrl);
      const asking = await restart(page);
      await expect(asking).toContainText("Not sent yet");
      await expect(asking).toContainText(/It is sent in \d+ s\./);
      await expect(asking.getByRole("button", { name: "Send now" })).toBeVisible();
      await leave(page);
      await expect(dialog(page)).toHaveCount(0);
      await expect(page.getByText("Nothing was sent.")).toBeVisible();
      // A read that succeeds in the next window; the restart would have been sent before it.
      await readApps(page);
      expect(await executed(server, "restart_app")).toBe(0);
    });
  }

  test("a waiting scale says what it waits for, and cancelling it keeps the input", async ({ page, server }) => {
    await signInAsDemo(page);
    await open(page, APP);
    await useUp(server.apiUrl);
    await page.getByRole("button", { name: "Scale", exact: true }).first().click();
    await dialog(page).getByLabel("Replicas").fill("3");
    await dialog(page).getByRole("button", { name: "Scale", exact: true }).click();
    await expect(dialog(page)).toContainText("Not sent yet");
    await dialog(page).getByRole("button", { name: "Cancel" }).click();
    await expect(dialog(page)).toHaveCount(0);
    await expect(page.locator("dl.stat"), "as the server has it").toContainText("/ 2");
    await readApps(page);
    expect(await executed(server, "scale_app")).toBe(0);
  });
});

test.describe("with a window of two minutes", () => {
  test.use({ serverFlags: ["--rate-limit", "10", "--window", "120"] });

  test("a restart that would wait for over a minute asks in its dialog", async ({ page, server }) => {
    await signInAsDemo(page);
    await open(page, APP);
    await useUp(server.apiUrl);
    const asking = await restart(page);
    await expect(asking).toContainText(/You pressed Restart .* and it has not been sent\./);
    await expect(asking).toContainText(/The rate limit is used up\. Send it in \d+ .*\?/);
    await asking.getByRole("button", { name: "Send", exact: true }).click();
    await expect(asking).toContainText("Not sent yet");
    expect(await executed(server, "restart_app")).toBe(0);
    // The next window begins; only the server knows.
    await advanceClock(server.apiUrl, 130);
    await asking.getByRole("button", { name: "Send now" }).click();
    await expect(dialog(page)).toHaveCount(0);
    expect(await executed(server, "restart_app")).toBe(1);
  });
});

test.describe("without a connection", () => {
  test.setTimeout(90_000);

  test("a delete is cancelled in its dialog, and nothing is deleted later", async ({ page, context, server }) => {
    await signInAsDemo(page);
    await openIdle(page);
    await context.setOffline(true);
    const asking = await deleteIdle(page);
    await expect(asking).toContainText("You are offline");
    await expect(asking).toContainText("Nothing has been sent yet.");
    await asking.getByRole("button", { name: "Cancel" }).click();
    await expect(dialog(page)).toHaveCount(0);
    await expect(page.getByText("Nothing was sent.")).toBeVisible();
    await context.setOffline(false);
    await readApps(page);
    await expect(page.getByRole("link", { name: IDLE })).toBeVisible();
    expect(await executed(server, "delete_app")).toBe(0);
  });

  test("a delete is not kept until the connection returns", async ({ page, context, server }) => {
    await signInAsDemo(page);
    await openIdle(page);
    await context.setOffline(true);
    const asking = await deleteIdle(page);
    await expect(asking).toContainText("Nothing was deleted. Try again when you are back.", { timeout: 30_000 });
    await expect(asking).toContainText("You are offline");
    await expect(asking).not.toContainText("not known");
    await context.setOffline(false);
    await asking.getByRole("button", { name: "Cancel" }).click();
    await readApps(page);
    await expect(page.getByRole("link", { name: IDLE })).toBeVisible();
    expect(await executed(server, "delete_app")).toBe(0);
  });

  test("a restart waits, says so in plain words, and runs once", async ({ page, context, server }) => {
    await signInAsDemo(page);
    await open(page, APP);
    await context.setOffline(true);
    const asking = await restart(page);
    await expect(asking).toContainText("You are offline");
    await expect(asking).toContainText("It is sent when you are back.");
    await expect(asking).not.toContainText(/TypeError|not known/);
    await context.setOffline(false);
    await expect(dialog(page)).toHaveCount(0, { timeout: 40_000 });
    expect(await executed(server, "restart_app")).toBe(1);
  });
});

test.describe("on a slow network", () => {
  test.use({ serverFlags: ["--latency", "3000"] });
  test.setTimeout(90_000);

  test("a sent change cannot be cancelled, and its dialog says that it continues", async ({ page, server }) => {
    await signInAsDemo(page);
    await open(page, APP);
    const asking = await restart(page);
    await expect(asking.getByText("It continues if you close this.", { exact: true })).toBeVisible();
    await expect(asking.getByRole("button", { name: "Cancel" })).toHaveCount(0);
    await asking.locator("footer").getByRole("button", { name: "Close" }).click();
    await expect(dialog(page)).toHaveCount(0);
    await expect(page.getByText("Restarting: new pods take over as they become healthy.")).toBeVisible({ timeout: 10_000 });
    expect(await executed(server, "restart_app")).toBe(1);
  });
});
