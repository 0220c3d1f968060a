// The config editor: two views of one staged draft, which nothing overwrites or loses.

import { readFile } from "node:fs/promises";

import type { Locator, Page } from "@playwright/test";

import { expect, test } from "../support/fixtures.ts";
import { applyConfig, dialog, openTab, signInAsDemo, stageVariable } from "../support/steps.ts";

const CONFIG = "/apps/quiet-amber-heron/config";

async function openConfig(page: Page): Promise<void> {
  await signInAsDemo(page);
  await page.goto(CONFIG);
  await expect(row(page, "DATABASE_URL")).toBeVisible();
}

function row(page: Page, name: string): Locator {
  return page.getByRole("table", { name: "Variables" }).getByRole("row", { name: new RegExp(`^${name}\\b`) });
}

function staged(page: Page): Locator {
  return page.getByRole("region", { name: "Staged changes" });
}

async function openRaw(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Raw text" }).click();
  await page.getByRole("button", { name: "Show the raw text" }).click();
  return page.getByLabel("Raw text of the config");
}

/** What another client of the same user sets meanwhile. */
async function setElsewhere(page: Page, configs: Record<string, string>): Promise<void> {
  const answer = await page.evaluate(async (body) => {
    const session = Object.entries(sessionStorage).find(([key]) => key === "backoffice.session")?.[1] ?? "";
    const { tokens } = JSON.parse(session) as { tokens: { access_token: string } };
    const config = (await (await fetch("/config.json")).json()) as { api: string };
    const response = await fetch(`${config.api}/api/apps/quiet-amber-heron/configs`, {
      method: "POST",
      headers: { authorization: tokens.access_token, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return response.status;
  }, { configs, avoid_restart: true });
  expect(answer).toBe(201);
}

test("changes in rows and raw text are one draft, reviewed with its cost and applied", async ({ page }) => {
  await openConfig(page);
  await stageVariable(page, "GREETING", "made up words");
  await stageVariable(page, "FLAVOUR", "mint");
  await expect(staged(page)).toContainText("2 added");
  const raw = await openRaw(page);
  await expect(raw).toHaveValue(/FLAVOUR=mint/);
  await raw.fill(`# kept through rows\n${await raw.inputValue()}export LATE='one two'\n`);
  await page.getByRole("button", { name: "Rows" }).click();
  await row(page, "FLAVOUR").getByRole("button", { name: "Undo" }).click();
  await expect(row(page, "LATE")).toContainText("Added");
  await row(page, "DATABASE_URL").getByRole("button", { name: "Remove DATABASE_URL" }).click();
  await expect(staged(page)).toContainText("2 added, 1 removed");
  await expect(await openRaw(page)).toHaveValue(/^# kept through rows\n[^]*export LATE='one two'\n$/);

  await page.getByRole("button", { name: "Review and apply" }).click();
  await expect(dialog(page)).toContainText("Costs 2 requests, 2 releases and 2 restarts.");
  await dialog(page).getByLabel("Set variables without restarting").check();
  await expect(dialog(page)).toContainText("Costs 2 requests, 2 releases and 1 restart.");
  await expect(dialog(page)).not.toContainText("made up words");
  await dialog(page).getByRole("button", { name: "Apply" }).click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(staged(page), "no phantom").toHaveCount(0);
  await page.getByRole("button", { name: "Rows" }).click();
  await expect(row(page, "DATABASE_URL")).toHaveCount(0);
  await expect(row(page, "GREETING")).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain("made up words");
});

test("a draft survives leaving and reloading, is in session storage only, and is deleted with the session", async ({ page }) => {
  await openConfig(page);
  await stageVariable(page, "DRAFTED", "made-up-draft");
  await openTab(page, "Releases");
  await openTab(page, "Config");
  await expect(staged(page)).toContainText("1 added");
  await page.getByRole("button", { name: "Add variable" }).click();
  await dialog(page).getByLabel("Name").fill("HALF_TYPED");
  await page.reload();
  await expect(dialog(page).getByLabel("Name")).toHaveValue("HALF_TYPED");
  await dialog(page).getByRole("button", { name: "Cancel" }).click();
  await expect(row(page, "DRAFTED")).toBeVisible();
  const kept = await page.evaluate(() => ({ local: JSON.stringify({ ...localStorage }), session: JSON.stringify({ ...sessionStorage }), dom: document.documentElement.outerHTML }));
  expect(kept.session).toContain("made-up-draft");
  expect(kept.local + kept.dom).not.toContain("made-up-draft");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain("made-up-draft");
});

test("changes on the server are merged, and the user decides conflicts", async ({ page }) => {
  await openConfig(page);
  await setElsewhere(page, { SHARED: "before" });
  await page.getByRole("button", { name: "Refresh" }).click();
  await row(page, "SHARED").getByRole("button", { name: "Edit SHARED" }).click();
  await dialog(page).getByLabel("Value").fill("mine");
  await dialog(page).getByRole("button", { name: "Stage" }).click();
  await setElsewhere(page, { SHARED: "theirs", QUIETLY: "new" });
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByText("Merged, because you had not changed these: QUIETLY")).toBeVisible();
  await expect(row(page, "QUIETLY")).toBeVisible();
  const conflicts = page.getByRole("region", { name: "Changed by you and on the server" });
  await expect(conflicts).toContainText("SHARED");
  await expect(staged(page)).toContainText("Resolve the conflicts with the server first.");
  await conflicts.getByRole("button", { name: "Keep yours for SHARED" }).click();
  await expect(conflicts).toHaveCount(0);
  await expect(staged(page)).toContainText("Staged: 1 changed");
  await applyConfig(page);
  await expect(staged(page)).toHaveCount(0);
  await row(page, "SHARED").getByRole("button", { name: "Show: Value of SHARED" }).click();
  await expect(row(page, "SHARED")).toContainText("mine");
});

test("an invalid line is named, and blocks only applying", async ({ page }) => {
  await signInAsDemo(page);
  await page.goto(`${CONFIG}?view=raw`);
  await page.getByRole("button", { name: "Show the raw text" }).click();
  const raw = page.getByLabel("Raw text of the config");
  await raw.fill("FINE=1\nno assignment\nOPEN='never");
  await expect(page.getByRole("button", { name: "Line 2" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Line 3" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Review and apply" })).toHaveAttribute("aria-disabled", "true");
  await page.reload();
  await page.getByRole("button", { name: "Show the raw text" }).click();
  await expect(raw).toHaveValue("FINE=1\nno assignment\nOPEN='never");
  await page.getByRole("button", { name: "Discard" }).click();
  await dialog(page).getByRole("button", { name: "Discard" }).click();
  await expect(staged(page)).toHaveCount(0);
});

test("when a request fails, the rest stays staged, and the page says what happened", async ({ page }) => {
  await openConfig(page);
  await stageVariable(page, "ONE", "1");
  await row(page, "DATABASE_URL").getByRole("button", { name: "Remove DATABASE_URL" }).click();
  await page.getByRole("button", { name: "Review and apply" }).click();
  await page.setExtraHTTPHeaders({ "x-sandbox-fault": "500" });
  await dialog(page).getByRole("button", { name: "Apply" }).click();
  await expect(dialog(page).getByRole("alert")).toBeVisible();
  await expect(dialog(page)).toContainText("Not sent, still staged");
  await page.setExtraHTTPHeaders({});
  await dialog(page).getByRole("button", { name: "Close" }).last().click();
  await expect(staged(page)).toContainText("1 added, 1 removed");
});

test("a file is imported, and the export has the same content", async ({ page }) => {
  await openConfig(page);
  const more = page.getByRole("button", { name: "Import, export, copy" });
  await more.click();
  await page.getByRole("menuitem", { name: "Import…" }).click();
  await dialog(page).getByLabel(/Drop a .env/).setInputFiles({ name: "made-up.env", mimeType: "text/plain", buffer: Buffer.from("# from a file\nIMPORTED=\"a\\nb\"\nDATABASE_URL=ecto://made-up\n") });
  await expect(dialog(page)).toContainText("Values to overwrite: DATABASE_URL.");
  await dialog(page).getByRole("button", { name: "Stage" }).click();
  await expect(staged(page)).toContainText("1 added, 1 changed");
  await more.click();
  await page.getByRole("menuitem", { name: "Export…" }).click();
  await dialog(page).getByRole("button", { name: "JSON" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), dialog(page).getByRole("button", { name: "Download" }).click()]);
  expect(download.suggestedFilename()).toBe("quiet-amber-heron.json");
  const read = JSON.parse(await readFile(await download.path(), "utf8")) as Record<string, string>;
  expect(read.IMPORTED).toBe("a\nb");
});

test("two thousand variables are pasted and stay quick, and the address keeps the filter", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openConfig(page);
  const raw = await openRaw(page);
  const lines = Array.from({ length: 2000 }, (_, at) => `V${at}=${at % 10}`);
  // Inserting the text in another way takes the browser half a minute, on any page.
  await page.evaluate((text) => navigator.clipboard.writeText(text), `${lines.join("\n")}\n`);
  await raw.press("ControlOrMeta+a");
  await raw.press("ControlOrMeta+v");
  await page.getByRole("button", { name: "Rows" }).click();
  await expect(row(page, "V0")).toBeVisible();
  expect(await page.getByRole("table", { name: "Variables" }).getByRole("row").count()).toBeLessThan(80);
  await page.getByRole("searchbox", { name: "Filter by name" }).fill("V1999");
  await expect(row(page, "V1999")).toBeVisible();
  await expect(page).toHaveURL(/filter=V1999$/);
  await page.reload();
  await expect(row(page, "V1999")).toBeVisible();
});

test("values are in the document only while revealed", async ({ page }) => {
  await openConfig(page);
  await setElsewhere(page, { HIDDEN: "made-up-value" });
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(row(page, "HIDDEN")).toBeVisible();
  expect(await page.content()).not.toContain("made-up-value");
  await page.getByRole("button", { name: "Reveal all values" }).click();
  await expect(row(page, "HIDDEN")).toContainText("made-up-value");
  await page.evaluate(() => window.dispatchEvent(new Event("blur")));
  await expect(row(page, "HIDDEN")).not.toContainText("made-up-value");
});

test("a failed read keeps the data and the input", async ({ page }) => {
  await openConfig(page);
  await stageVariable(page, "KEPT", "1");
  await expect(page.getByRole("button", { name: "Refresh" })).toBeEnabled();
  await page.setExtraHTTPHeaders({ "x-sandbox-fault": "500" });
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByRole("alert").filter({ hasText: /\S/ }).first()).toBeVisible();
  await expect(row(page, "KEPT")).toBeVisible();
});
