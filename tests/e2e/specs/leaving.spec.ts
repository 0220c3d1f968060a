// Leaving the console before everything has been sent: the browser asks, signing out asks, and the
// next user sees nothing of the previous user's queue.

import type { Locator, Page } from "@playwright/test";

import { expect, test } from "../support/fixtures.ts";
import { useUp } from "../support/outside.ts";
import { requests } from "../support/sandbox.ts";
import { dialog, signInAsDemo } from "../support/steps.ts";

const SETTINGS = "/apps/quiet-amber-heron/settings";

/** Scales the app to three replicas, in the form on its page (not in a dialog). */
async function scale(page: Page): Promise<void> {
  const card = page.getByRole("region", { name: "Scale" });
  await card.getByLabel("Replicas").fill("3");
  await card.getByRole("button", { name: "Scale" }).click();
}

/** The form's message while its change waits. */
function waits(page: Page): Locator {
  return page.locator(".note__title").getByText("Not sent yet");
}

/** Reloads the page as a user does, and returns whether the browser has asked. */
async function reloadAsks(page: Page, answer: "leave" | "stay"): Promise<boolean> {
  let asked = false;
  page.once("dialog", (question) => {
    asked = question.type() === "beforeunload";
    void (answer === "leave" ? question.accept() : question.dismiss());
  });
  const loaded = answer === "leave" ? page.waitForEvent("load") : undefined;
  // The page may be gone before this is answered.
  await page.evaluate(() => location.reload()).catch(() => undefined);
  await loaded;
  if (answer === "stay") await expect.poll(() => asked).toBe(true);
  page.removeAllListeners("dialog");
  return asked;
}

test.describe("with ten requests a window", () => {
  test.use({ serverFlags: ["--rate-limit", "10", "--window", "20"] });
  test.setTimeout(120_000);

  test("a reload asks while a change waits, but not after it has been sent", async ({ page, server }) => {
    await signInAsDemo(page);
    await page.goto(SETTINGS);
    await expect(page.getByRole("region", { name: "Scale" }).getByLabel("Replicas")).toHaveValue("2");
    await useUp(server.apiUrl);
    await scale(page);
    await expect(waits(page)).toBeVisible();
    expect(await reloadAsks(page, "stay")).toBe(true);
    await expect(waits(page), "the change still waits").toBeVisible();
    await expect(page.getByText("Scaled to 3 × 0.5.")).toBeVisible({ timeout: 60_000 });
    expect(await requests(server.apiUrl, { operation: "scale_app", status: 200 })).toBe(1);
    expect(await reloadAsks(page, "leave")).toBe(false);
  });

  test("a reload does not ask while only reads wait", async ({ page, server }) => {
    await signInAsDemo(page);
    await useUp(server.apiUrl);
    await page.getByRole("button", { name: "Refresh" }).click();
    await expect(page.locator(".note").getByText(/requests? (is|are) waiting\./)).toBeVisible();
    expect(await reloadAsks(page, "leave")).toBe(false);
  });

  test("signing out asks while a change waits, and drops it only after confirmation", async ({ page, server }) => {
    await signInAsDemo(page);
    await page.goto(SETTINGS);
    await expect(page.getByRole("region", { name: "Scale" }).getByLabel("Replicas")).toHaveValue("2");
    await useUp(server.apiUrl);
    await scale(page);
    await expect(waits(page)).toBeVisible();
    const signOut = page.getByRole("navigation", { name: "Main" }).getByRole("button", { name: "Sign out" });
    await signOut.click();
    const question = page.getByRole("dialog", { name: "1 change has not been sent yet" });
    await expect(question).toContainText("Sign out and discard it?");
    await question.getByRole("button", { name: "Cancel" }).click();
    await expect(waits(page), "the change still waits").toBeVisible();
    await signOut.click();
    await question.getByRole("button", { name: "Sign out and discard it" }).click();
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
    await expect(dialog(page)).toHaveCount(0);
    // The request that ends the session is sent after the window; the dropped change would have been
    // sent before it.
    await expect
      .poll(() => requests(server.apiUrl, { operation: "delete_session", status: 200 }), { timeout: 60_000 })
      .toBe(1);
    expect(await requests(server.apiUrl, { operation: "scale_app", status: 200 })).toBe(0);
  });
});

test("signing out with nothing waiting asks nothing", async ({ page }) => {
  await signInAsDemo(page);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});

test("signing out while offline shows nothing of the queue, and ends the session later", async ({
  page,
  context,
  server,
}) => {
  test.setTimeout(90_000);
  await signInAsDemo(page);
  await page.goto("/apps/quiet-amber-heron");
  await expect(page.getByRole("button", { name: "Refresh" }).first()).toBeEnabled();
  await context.setOffline(true);
  await page.getByRole("button", { name: "Refresh" }).first().click();
  await expect(page.locator(".note").filter({ hasText: "The API can't be reached." })).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expect(page.getByText("Your session on the server ends when you are back online.")).toBeVisible();
  await expect(page.getByText("quiet-amber-heron")).toHaveCount(0);
  await expect(page.getByText("/api/")).toHaveCount(0);
  await expect(page.getByRole("main").getByRole("button", { name: /Cancel|Retry now|Send now/ })).toHaveCount(0);
  await context.setOffline(false);
  await expect
    .poll(() => requests(server.apiUrl, { operation: "delete_session", status: 200 }), { timeout: 60_000 })
    .toBe(1);
  await expect(page.getByText("Your session on the server ends")).toHaveCount(0);
});

test("fifteen seconds offline after signing out cost few attempts", async ({ page, context, server }) => {
  await page.clock.install();
  await signInAsDemo(page);
  await context.setOffline(true);
  let sent = 0;
  page.on("request", (request) => (sent += Number(request.url().includes("/api/"))));
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  for (let second = 0; second < 15; second += 1) {
    await page.clock.runFor(1_000);
  }
  expect(sent).toBeGreaterThan(0);
  expect(sent).toBeLessThan(12);
  await context.setOffline(false);
  await expect(async () => {
    await page.clock.runFor(5_000);
    expect(await requests(server.apiUrl, { operation: "delete_session", status: 200 })).toBe(1);
  }).toPass();
});
