// The rate limit as a person sees it: the meter falls, calls are held before the server would
// refuse them, go out after the reset, and nothing is lost.

import type { Locator, Page } from "@playwright/test";

import { expect, test, type SandboxServer } from "./fixtures.ts";
import { openFirstApp, openJournal, openTab, signInAsDemo } from "./steps.ts";

interface Count {
  operation: string;
  status: number;
  count: number;
}

/** The note that says how many calls wait. */
function waitingNote(page: Page): Locator {
  return page.locator(".note").getByText(/requests? waits?\./);
}

/** How often the server answered with a status. */
async function answered(server: SandboxServer, status: number): Promise<number> {
  const answer = await fetch(`${server.apiUrl}/sandbox/requests`);
  const { data } = (await answer.json()) as { data: { counts: Count[] } };
  return data.counts.filter((row) => row.status === status).reduce((sum, row) => sum + row.count, 0);
}

/** Signs the demo user in outside of the browser, as the user's own CI would. */
async function secondClient(server: SandboxServer): Promise<() => Promise<number>> {
  const session = await fetch(`${server.apiUrl}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ user: { email: "demo@backoffice.example", password: "sandbox-demo" } }),
  });
  const { data } = (await session.json()) as { data: { access_token: string } };
  return async () => {
    const answer = await fetch(`${server.apiUrl}/api/apps`, {
      headers: { authorization: data.access_token },
    });
    return answer.status;
  };
}

test.describe("with ten requests a window", () => {
  test.use({ serverFlags: ["--rate-limit", "10", "--window", "20"] });
  test.setTimeout(120_000);

  test("calls are held before the server refuses them, and resume by themselves", async ({ page, server }) => {
    await signInAsDemo(page);
    const meter = page.getByRole("button", { name: /^Request budget/ });
    await expect(meter).toContainText("9 / 10");
    await openFirstApp(page);
    for (const tab of ["Logs", "Config", "Databases", "Releases"]) {
      await openTab(page, tab);
    }
    await openTab(page, "Overview");
    const refresh = page.getByRole("button", { name: "Refresh" }).first();
    await expect(async () => {
      await refresh.click();
      await expect(waitingNote(page)).toBeVisible({ timeout: 200 });
    }).toPass();
    await expect(meter).toContainText("0 / 10");
    await expect(meter).toContainText(/resets in \d+ s/);
    const journal = await openJournal(page);
    await expect(journal.getByText("Waiting").first()).toBeVisible();
    await expect(journal.getByText(/Goes on in \d+ s/).first()).toBeVisible();
    // It goes on without a click.
    await expect(journal.getByText("Waiting")).toHaveCount(0, { timeout: 40_000 });
    await expect(waitingNote(page)).toHaveCount(0);
    await expect(page.getByRole("row", { name: /Healthy/ }).first()).toBeVisible();
    expect(await answered(server, 429), "calls that the server refused").toBe(0);
  });

  test("a 429 that a second client causes is shown and recovered from", async ({ page, server }) => {
    await signInAsDemo(page);
    const call = await secondClient(server);
    await expect(async () => expect(await call()).toBe(429)).toPass();
    await page.getByRole("button", { name: "Refresh" }).click();
    const journal = await openJournal(page);
    await expect(journal.getByText("429").first()).toBeVisible();
    await expect(journal.getByText(/read as/).first()).toBeVisible();
    await expect(waitingNote(page)).toBeVisible();
    await expect(waitingNote(page)).toHaveCount(0, { timeout: 40_000 });
    await expect(page.getByText(/as of (just now|\d+ s ago)/)).toBeVisible();
    await expect(page.getByRole("alert")).toHaveCount(0);
  });

  test("a waiting call can be cancelled", async ({ page, server }) => {
    await signInAsDemo(page);
    const call = await secondClient(server);
    await expect(async () => expect(await call()).toBe(429)).toPass();
    await page.getByRole("button", { name: "Refresh" }).click();
    const journal = await openJournal(page);
    await journal.getByRole("button", { name: "Cancel" }).click();
    await expect(journal.getByText("Cancelled").first()).toBeVisible();
    await expect(waitingNote(page)).toHaveCount(0);
  });
});
