// Background reads give way to those that a user waits for: a poll that would have to wait is skipped,
// *Refresh* and the reads after a write are sent immediately, and a read whose page was left gives up
// its turn.

import type { Page } from "@playwright/test";

import { expect, test, type SandboxServer } from "../support/fixtures.ts";
import { signInOutside } from "../support/outside.ts";
import { requests } from "../support/sandbox.ts";
import { dialog, meter, openFirstApp, openTab, signInAsDemo } from "../support/steps.ts";
import { Traffic } from "../support/traffic.ts";

const LIMIT = 60;

// The window is longer than each test, although the page's clock advances by minutes.
test.use({ serverFlags: ["--rate-limit", String(LIMIT), "--window", "600"] });
test.setTimeout(120_000);

/** How often the status of an app was requested from the server. */
function looks(server: SandboxServer): Promise<number> {
  return requests(server.apiUrl, { operation: "get_status" });
}

/** Restarts the open app. Its rollout is in transition until the server's clock advances. */
async function restart(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Restart" }).click();
  await dialog(page).getByRole("button", { name: "Restart" }).click();
  await expect(dialog(page)).toHaveCount(0);
}

/** Uses up the window except for a few requests, as the user's CI would; the page learns of it. */
async function leave(page: Page, server: SandboxServer, left: number): Promise<void> {
  const client = await signInOutside(server.apiUrl, "demo@backoffice.example", "sandbox-demo");
  const refresh = page.getByRole("button", { name: "Refresh" }).first();
  await refresh.click();
  await expect(refresh).toBeEnabled();
  const shown = /(\d+) \/ \d+/.exec((await meter(page).textContent()) ?? "")?.[1];
  // The read from which the page learns it takes one more.
  for (let n = Number(shown); n > left + 1; n -= 1) {
    await client.get("/api/apps");
  }
  await refresh.click();
  await expect(meter(page)).toContainText(`${left} / ${LIMIT}`);
}

/** Advances the page's clock by 45 seconds, so that its polls fire. */
async function letPollsPass(page: Page, traffic: Traffic): Promise<void> {
  for (let n = 0; n < 9; n += 1) {
    await page.clock.fastForward(5_000);
    await traffic.quiet();
  }
}

/** Opens an app during a rollout, with only the last tenth of the window left, which polls do not use:
 * the restart and the reads after it take the rest. */
async function openInTransition(page: Page, server: SandboxServer, traffic: Traffic): Promise<void> {
  await page.clock.install();
  await signInAsDemo(page);
  await openFirstApp(page);
  await traffic.quiet();
  // Nothing is in transition yet. After this, the user's burst of immediate calls is full again.
  await page.clock.fastForward(55_000);
  await leave(page, server, 7);
  await restart(page);
  await expect(page.getByText(/Rolling out/).first()).toBeVisible();
  await traffic.quiet();
}

test("a poll that would have to wait is skipped, and Refresh works meanwhile", async ({ page, server }) => {
  const traffic = new Traffic(page, server);
  await openInTransition(page, server, traffic);
  const before = await looks(server);
  await letPollsPass(page, traffic);
  expect(await looks(server), "polls spend nothing of the last tenth").toBe(before);
  await expect(page.locator(".note").getByText(/requests? (is|are) waiting\./)).toHaveCount(0);
  const refresh = page.getByRole("button", { name: "Refresh" }).first();
  await expect(refresh).toBeEnabled();
  await refresh.click();
  await expect.poll(() => looks(server)).toBe(before + 1);
  expect(await requests(server.apiUrl, { status: 429 })).toBe(0);
});

test("the reads that a write affects are repeated immediately, and once", async ({ page, server }) => {
  const traffic = new Traffic(page, server);
  await openInTransition(page, server, traffic);
  await letPollsPass(page, traffic);
  const before = await looks(server);
  await restart(page);
  await expect.poll(() => looks(server)).toBe(before + 1);
  await traffic.quiet();
  expect(await looks(server)).toBe(before + 1);
});

test("a read whose page was left gives up its turn", async ({ page, server }) => {
  await signInAsDemo(page);
  await openFirstApp(page);
  await leave(page, server, 0);
  const before = await requests(server.apiUrl, { operation: "list_databases" });
  await openTab(page, "Databases");
  const note = page.locator(".note").getByText(/requests? (is|are) waiting\./);
  await expect(note).toBeVisible();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Requests" }).click();
  await expect(note).toHaveCount(0);
  await expect(page.getByText("Cancelled").first()).toBeVisible();
  expect(await requests(server.apiUrl, { operation: "list_databases" })).toBe(before);
});
