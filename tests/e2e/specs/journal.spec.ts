// The budget and the journal as users see them: the meter, the list of calls, its export, and the
// messages when the API asks the client to pause.

import { readFile } from "node:fs/promises";

import type { Page } from "@playwright/test";

import { expect, test, type SandboxServer } from "../support/fixtures.ts";
import { applyConfig, dialog, meter, openFirstApp, openJournal, openTab, signInAsDemo, stageVariable } from "../support/steps.ts";
import { Traffic } from "../support/traffic.ts";

/** The panel that the meter opens. */
function budget(page: Page) {
  return page.getByRole("dialog", { name: "Request budget" });
}

/** Uses up the demo user's window outside the browser, as the user's CI would. */
async function useUpWindow({ apiUrl }: SandboxServer): Promise<void> {
  const session = await fetch(`${apiUrl}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ user: { email: "demo@backoffice.example", password: "sandbox-demo" } }),
  });
  const { data } = (await session.json()) as { data: { access_token: string } };
  await expect(async () => {
    const answer = await fetch(`${apiUrl}/api/apps`, { headers: { authorization: data.access_token } });
    expect(answer.status).toBe(429);
  }).toPass();
}

test("the meter opens by keyboard, says what is left, and gives the focus back", async ({ page }) => {
  await signInAsDemo(page);
  await expect(meter(page)).toContainText(/\d+ \/ \d+/);
  await meter(page).focus();
  await page.keyboard.press("Enter");
  await expect(budget(page)).toBeVisible();
  const heading = budget(page).getByRole("heading", { name: "Request budget" });
  await expect(heading).toBeFocused();
  await expect(budget(page)).toContainText(/of [\d,]+ left/);
  await expect(budget(page)).toContainText(/read as/);
  await expect(budget(page).getByRole("progressbar", { name: "Requests left in this window" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(budget(page)).toHaveCount(0);
  await expect(meter(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(heading).toBeFocused();
  await budget(page).getByRole("button", { name: "Open the journal" }).press("Enter");
  await expect(page.getByRole("heading", { name: "Requests", level: 2 })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(meter(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(heading).toBeFocused();
  await budget(page).getByRole("link", { name: "All requests" }).press("Enter");
  await expect(page.getByRole("heading", { name: "Requests", level: 1 })).toBeVisible();
  await expect(budget(page)).toHaveCount(0);
});

test("calls are found by words and by kind", async ({ page, server }) => {
  const traffic = new Traffic(page, server);
  await signInAsDemo(page);
  await openFirstApp(page);
  await openTab(page, "Config");
  await stageVariable(page, "FOUND", "again");
  await applyConfig(page);
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Staged changes" })).toHaveCount(0);
  await traffic.quiet();
  const journal = await openJournal(page);
  const calls = journal.locator("summary");
  const all = await calls.count();
  await expect(journal.getByText(`${all} requests`, { exact: true })).toBeVisible();
  const kinds = journal.getByRole("group", { name: "Kind of requests" });
  await kinds.getByRole("button", { name: "Writes" }).click();
  await expect(calls).toHaveCount(1);
  await expect(calls).toContainText("POST");
  await expect(journal.getByText(`1 of ${all}`, { exact: true })).toBeVisible();
  await kinds.getByRole("button", { name: "Reads" }).click();
  await expect(calls).toHaveCount(all - 1);
  await kinds.getByRole("button", { name: "Waiting" }).click();
  await expect(journal.getByRole("heading", { name: "No requests match" })).toBeVisible();
  await journal.getByRole("button", { name: "Show all" }).click();
  await expect(calls).toHaveCount(all);
  const search = journal.getByRole("searchbox", { name: "Search requests" });
  // The search also covers the command that does the same.
  await search.fill("gigalixir config:set");
  await expect(calls).toHaveCount(1);
  await search.fill("configs 200");
  await expect(calls.filter({ hasNotText: "/configs" })).toHaveCount(0);
  await expect(calls.filter({ hasText: "/configs" })).not.toHaveCount(0);
});

test("the journal can be saved as a HAR file without tokens", async ({ page, server }) => {
  const traffic = new Traffic(page, server);
  await signInAsDemo(page);
  await openFirstApp(page);
  await traffic.quiet();
  const journal = await openJournal(page);
  const downloading = page.waitForEvent("download");
  await journal.getByRole("button", { name: "Export HAR" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("backoffice-requests.har");
  const text = await readFile(await download.path(), "utf8");
  const { log } = JSON.parse(text) as {
    log: { version: string; creator: { name: string }; entries: HarEntry[] };
  };
  expect(log.version).toBe("1.2");
  expect(log.creator.name).toBe("Backoffice Console");
  const list = log.entries.find(({ request }) => request.url.endsWith("/api/apps"));
  expect(list).toMatchObject({ request: { method: "GET" }, response: { status: 200 }, cache: {} });
  for (const entry of log.entries) {
    expect(new Date(entry.startedDateTime).getTime()).toBeGreaterThan(0);
    const { blocked, send, wait, receive } = entry.timings;
    expect(entry.time).toBe(blocked + send + wait + receive);
  }
  const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage }));
  const tokens = kept.match(/[A-Za-z0-9_-]{20,}/g) ?? [];
  expect(tokens.length, "tokens to look for").toBeGreaterThan(0);
  for (const token of tokens) {
    expect(text).not.toContain(token);
  }
});

test("the journal helps to find out whether an unanswered call was executed", async ({ page, server }) => {
  const traffic = new Traffic(page, server);
  await signInAsDemo(page);
  await openFirstApp(page);
  await openTab(page, "Config");
  await stageVariable(page, "LOST", "on the way");
  await traffic.quiet();
  // The call arrives; its answer does not.
  await page.setExtraHTTPHeaders({ "x-sandbox-fault": "drop" });
  await applyConfig(page);
  await expect(dialog(page).getByRole("alert")).toBeVisible();
  await dialog(page).getByRole("button", { name: "Close" }).last().click();
  const journal = await openJournal(page);
  await expect(journal.getByText("Outcome unknown")).toBeVisible();
  await page.setExtraHTTPHeaders({});
  await journal.getByRole("group", { name: "Kind of requests" }).getByRole("button", { name: "Failed" }).click();
  await journal.locator("summary").click();
  await journal.getByRole("button", { name: "Check outcome" }).click();
  await expect(journal.getByRole("status").filter({ hasText: "Read again. The page shows the current state." })).toBeVisible();
  await expect(page.getByRole("row", { name: /LOST/ })).toBeVisible();
});

interface HarEntry {
  startedDateTime: string;
  time: number;
  request: { method: string; url: string };
  response: { status: number };
  timings: { blocked: number; send: number; wait: number; receive: number };
}

test.describe("with few requests a window", () => {
  test.use({ serverFlags: ["--rate-limit", "12", "--window", "40"] });
  test.setTimeout(120_000);

  test("a message announces a pause with its end and its reason, and another announces the end", async ({ page, server }) => {
    await signInAsDemo(page);
    await useUpWindow(server);
    await page.getByRole("button", { name: "Refresh" }).click();
    const messages = page.getByRole("region", { name: "Messages" }).getByRole("status");
    await expect(messages).toContainText(/The rate limit is used up until \d\d:\d\d:\d\d\./);
    await expect(messages).toContainText("Keep this tab open.");
    await expect(page.getByRole("status").filter({ hasText: /^1 request is waiting\.$/ })).toHaveCount(1);
    await meter(page).click();
    await expect(budget(page)).toContainText("Paused");
    await expect(budget(page)).toContainText(/Resumes in \d+ s/);
    await page.keyboard.press("Escape");
    const journal = await openJournal(page);
    await journal.getByRole("group", { name: "Kind of requests" }).getByRole("button", { name: "Waiting" }).click();
    await expect(journal.locator("summary")).toHaveCount(1);
    await expect(messages).toContainText("The pause is over", { timeout: 60_000 });
    await journal.getByRole("button", { name: "Show all" }).click();
    await journal.locator("summary").first().click();
    // The countdown has become a line of the call's history.
    await expect(journal.getByText(/^Waited \d+ s.*read as/).first()).toBeVisible();
  });
});
