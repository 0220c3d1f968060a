// The list of apps: ten thousand of them, found and sorted at once, for one request.

import { expect, test } from "../support/fixtures.ts";
import { requests } from "../support/sandbox.ts";
import { signInAsDemo, signUp } from "../support/steps.ts";

const FILTER = "Filter by name, region or stack";

test.describe("ten thousand apps", () => {
  test.use({ serverFlags: ["--seed", "7", "--seed-apps", "10000"] });

  test("are one request, a few rows of the document, and found by typing", async ({ page, server }) => {
    await signInAsDemo(page);
    await expect(page.getByText("10,003 apps")).toBeVisible();
    const table = page.getByRole("table", { name: "Apps" });
    expect(await table.getByRole("row").count()).toBeLessThan(100);

    // The key works from anywhere on the page.
    await page.keyboard.press("/");
    await expect(page.getByLabel(FILTER)).toBeFocused();
    await page.keyboard.type("quiet-amber-heron");
    await expect(page.getByText("of 10,003 apps")).toBeVisible();
    await expect(table.getByRole("link", { name: "quiet-amber-heron", exact: true })).toBeVisible();
    await expect(page).toHaveURL(/[?]q=quiet-amber-heron/);

    await page.getByLabel(FILTER).fill("nobody has this");
    await expect(page.getByText("No apps match.")).toBeVisible();
    await page.getByRole("button", { name: "Show all apps" }).click();
    await expect(page.getByText("10,003 apps")).toBeVisible();
    expect(await requests(server.apiUrl, { operation: "list_apps" })).toBe(1);
    expect(await requests(server.apiUrl, { operation: "get_status" }), "no app is asked for by itself").toBe(0);
  });

  test("keep filter and order in the address, through a reload", async ({ page }) => {
    await signInAsDemo(page);
    const table = page.getByRole("table", { name: "Apps" });
    await page.getByLabel("State").selectOption("running");
    await page.getByLabel("Region", { exact: true }).selectOption("us-west-2");
    await page.getByRole("button", { name: "Size" }).click();
    await page.getByRole("button", { name: "Size" }).click();
    await expect(table.getByRole("columnheader", { name: "Size" })).toHaveAttribute("aria-sort", "descending");
    await expect(page).toHaveURL(/sort=-size/);
    await page.reload();
    await expect(page.getByLabel("State")).toHaveValue("running");
    await expect(page.getByLabel("Region", { exact: true })).toHaveValue("us-west-2");
    const first = table.getByRole("row").nth(1);
    await expect(first).toContainText("aws · us-west-2");
    await expect(first.getByRole("cell").nth(2)).toHaveText("2");
  });

  test("are walked through with the arrow keys", async ({ page }) => {
    await signInAsDemo(page);
    const names = page.getByRole("table", { name: "Apps" }).getByRole("link");
    await names.first().focus();
    await page.keyboard.press("ArrowDown");
    await expect(names.nth(1)).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("Apps");
  });
});

test("health is asked for one app at a time, and only on request", async ({ page, server }) => {
  await signInAsDemo(page);
  const row = page.getByRole("row", { name: /bold-misty-otter/ });
  await row.getByRole("button", { name: "Check bold-misty-otter" }).click();
  await expect(row).toContainText("Failing");
  await expect(page.getByRole("row", { name: /idle-copper-newt/ })).toContainText("Stopped");
  expect(await requests(server.apiUrl, { operation: "get_status" })).toBe(1);
});

test("an answer that comes while the pointer is down moves no row under it", async ({ page, server }) => {
  await signInAsDemo(page);
  const link = page.getByRole("link", { name: "idle-copper-newt" });
  await link.hover();
  await page.mouse.down();
  // An app that sorts before it appears meanwhile.
  const basic = `Basic ${Buffer.from("demo@backoffice.example:sandbox-demo").toString("base64")}`;
  const login = await fetch(`${server.apiUrl}/api/login`, { headers: { authorization: basic } });
  const { data } = (await login.json()) as { data: { key: string } };
  const created = await fetch(`${server.apiUrl}/api/apps`, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`demo@backoffice.example:${data.key}`).toString("base64")}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ unique_name: "aaa-first" }),
  });
  expect(created.status).toBe(201);
  const again = page.waitForResponse((answer) => answer.url().endsWith("/api/apps"));
  await page.getByRole("button", { name: "Refresh" }).evaluate((button) => (button as HTMLElement).click());
  await again;
  await page.mouse.up();
  await expect(page.getByRole("heading", { name: "idle-copper-newt", level: 1 })).toBeVisible();
});

test("who has no apps is told how to get one", async ({ page }) => {
  await signUp(page, "grace@example.com", "correct horse battery");
  await page.getByRole("link", { name: "Create your first app" }).click();
  await expect(page.getByRole("heading", { name: "New app", level: 1 })).toBeVisible();
});

test("a failed refresh keeps the list and says why", async ({ page }) => {
  await signInAsDemo(page);
  await page.setExtraHTTPHeaders({ "x-sandbox-fault": "500" });
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByRole("link", { name: "quiet-amber-heron" })).toBeVisible();
});
