// Processor and memory over time.

import { readFile } from "node:fs/promises";

import type { Locator, Page } from "@playwright/test";

import { advanceClock, expect, test } from "../support/fixtures.ts";
import { requests } from "../support/sandbox.ts";
import { createApp, openTab, signInAsDemo, signUp } from "../support/steps.ts";

const APP = "/apps/quiet-amber-heron";

function chart(page: Page, name: "Memory" | "CPU"): Locator {
  return page.getByRole("slider", { name: `${name} over time` });
}

async function openMetrics(page: Page, query = ""): Promise<void> {
  await signInAsDemo(page);
  await page.goto(`${APP}/metrics${query}`);
  await expect(chart(page, "Memory").locator(".chart__line")).toBeVisible();
}

test("a day of measurements costs one request and is drawn with its limit", async ({ page, server }) => {
  await openMetrics(page);
  for (const name of ["Memory", "CPU"] as const) {
    await expect(chart(page, name).locator(".chart__line")).toHaveAttribute("d", /^M[\d.]+ [\d.]+L/);
  }
  await expect(chart(page, "Memory")).toContainText("A replica has 500 MB");
  await expect(chart(page, "CPU")).toContainText("A replica's share, 100 m");
  await expect(chart(page, "Memory")).toHaveAttribute("aria-valuemax", "1439");
  expect(await requests(server.apiUrl, { operation: "get_stats" })).toBe(1);
});

test("the keyboard selects measurements and zooms", async ({ page }) => {
  await openMetrics(page, "?time=utc");
  const memory = chart(page, "Memory");
  await memory.focus();
  await page.keyboard.press("End");
  await expect(memory).toHaveAttribute("aria-valuetext", /^\d+ \w{3}, \d\d:\d\d, \d+ MB$/);
  await expect(memory).toHaveAttribute("aria-valuenow", "1439");
  // Both charts mark the same time.
  await expect(chart(page, "CPU")).toHaveAttribute("aria-valuetext", /^\d+ \w{3}, \d\d:\d\d, [\d.]+ m$/);
  await page.keyboard.press("ArrowLeft");
  await expect(memory).toHaveAttribute("aria-valuenow", "1438");
  await page.keyboard.press("Shift+PageDown");
  await page.keyboard.press("Shift+PageDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/[?&]range=\d+-\d+/);
  await expect(memory).toHaveAttribute("aria-valuemax", /^28\d$/);
  await expect(memory, "the chart keeps the focus").toBeFocused();
  await page.getByRole("button", { name: "Reset zoom" }).click();
  await expect(memory).toHaveAttribute("aria-valuemax", "1439");
});

test("dragging zooms, and the address leads back to the same range", async ({ page }) => {
  await openMetrics(page);
  const memory = chart(page, "Memory");
  await memory.scrollIntoViewIfNeeded();
  const box = await memory.boundingBox();
  if (box === null) throw new Error("the chart has no place");
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.4, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, y, { steps: 4 });
  await expect(memory.locator(".chart__selection")).toBeVisible();
  await page.mouse.up();
  await expect(page).toHaveURL(/range=\d+-\d+/);
  const most = async () => Number(await memory.getAttribute("aria-valuemax"));
  await expect.poll(most).toBeLessThan(600);
  const shown = await most();
  await page.reload();
  await expect(memory).toHaveAttribute("aria-valuemax", String(shown));
  await page.getByRole("group", { name: "Range" }).getByRole("button", { name: "6 h" }).click();
  await expect(page).toHaveURL(/range=6h/);
  await expect(memory).toHaveAttribute("aria-valuemax", "360");
});

test("the measurements are also available as a table and as a file", async ({ page }) => {
  await openMetrics(page, "?range=1h&time=utc");
  await page.getByRole("button", { name: "Table", exact: true }).click();
  await expect(page).toHaveURL(/view=table/);
  await expect(page.getByRole("row")).toHaveCount(62);
  await expect(page.getByRole("row").nth(1)).toContainText(/\d\d:\d\d.*MB.* m/);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download CSV" }).click(),
  ]);
  expect(file.suggestedFilename()).toBe("quiet-amber-heron-metrics.csv");
  const lines = (await readFile(await file.path(), "utf8")).trim().split("\r\n");
  expect(lines[0]).toBe("time,memory_bytes,cpu_millicores");
  expect(lines).toHaveLength(62);
  expect(lines[1]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000Z,\d+,\d+$/);
});

test("the chart has a gap while nothing ran, and an empty chart says why", async ({ page, server }) => {
  await signInAsDemo(page);
  await page.goto("/apps/idle-copper-newt/metrics");
  await expect(page.getByRole("heading", { name: "Nothing was running" })).toBeVisible();
  await page.goto("/apps/bold-misty-otter");
  await page.getByRole("button", { name: "Scale" }).click();
  await page.getByLabel("Replicas").fill("0");
  await page.getByRole("dialog").getByRole("button", { name: "Scale" }).click();
  await expect(page.getByText(/^Scaled to 0/)).toBeVisible();
  await advanceClock(server.apiUrl, 3_600);
  await page.getByRole("button", { name: "Scale" }).click();
  await page.getByLabel("Replicas").fill("1");
  await page.getByRole("dialog").getByRole("button", { name: "Scale" }).click();
  await expect(page.getByText(/^Scaled to 1/)).toBeVisible();
  await advanceClock(server.apiUrl, 1_800);
  await openTab(page, "Metrics");
  const line = chart(page, "Memory").locator(".chart__line");
  await expect(line).toHaveAttribute("d", /^M[^M]+M[^M]+$/);
  await page.goto("/apps/bold-misty-otter/metrics?range=100-200");
  await expect(page.getByRole("heading", { name: "No measurements in this range" })).toBeVisible();
  await page.getByRole("button", { name: "Show all" }).click();
  await expect(line).toBeVisible();
});

test("an app that never ran has nothing to show", async ({ page }) => {
  await signUp(page, "ada@example.com", "correct horse");
  await createApp(page, "my-first");
  await openTab(page, "Metrics");
  await expect(page.getByRole("heading", { name: "No measurements yet" })).toBeVisible();
  await page.getByRole("link", { name: "How to deploy" }).click();
  await expect(page).toHaveURL(/\/apps\/my-first$/);
});

test("a failure keeps the charts and says what happened", async ({ page }) => {
  await openMetrics(page);
  await page.setExtraHTTPHeaders({ "x-sandbox-fault": "500" });
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(chart(page, "Memory").locator(".chart__line")).toBeVisible();
});

test.describe("within a small window", () => {
  test.use({ serverFlags: ["--window", "8"] });

  test("after a 429 the read waits until the window ends", async ({ page, server }) => {
    await openMetrics(page);
    await page.setExtraHTTPHeaders({ "x-sandbox-fault": "429" });
    await page.getByRole("button", { name: "Refresh" }).click();
    const note = page.locator(".note").filter({ hasText: "1 request is waiting" });
    await expect(note).toBeVisible();
    await page.setExtraHTTPHeaders({});
    await expect(note).toHaveCount(0, { timeout: 40_000 });
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect.poll(() => requests(server.apiUrl, { operation: "get_stats", status: 200 })).toBe(2);
  });
});
