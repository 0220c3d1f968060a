// The command palette and the single-key shortcuts: everything by name, by keyboard only.

import type { Locator, Page } from "@playwright/test";

import { expect, test } from "../support/fixtures.ts";
import { requests } from "../support/sandbox.ts";
import { everyRule, expectNothingForAxe } from "../support/standards.ts";
import { dialog, signInAsDemo } from "../support/steps.ts";

const APP = "quiet-amber-heron";

function palette(page: Page): Locator {
  return page.getByRole("dialog", { name: "Command palette" });
}

function field(page: Page): Locator {
  return page.getByRole("combobox", { name: "Search pages, apps and actions" });
}

/** The option that Enter would choose. */
function chosen(page: Page): Locator {
  return palette(page).getByRole("option", { selected: true });
}

async function openApp(page: Page): Promise<void> {
  await page.getByRole("link", { name: APP }).click();
  await expect(page.getByRole("heading", { name: APP, level: 1 })).toBeVisible();
}

test("a few letters find a page, an app and a page of an app", async ({ page, server }) => {
  await signInAsDemo(page);
  const lists = await requests(server.apiUrl, { operation: "list_apps" });
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("sshk");
  await expect(chosen(page)).toContainText("SSH keys");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "SSH keys", level: 1 })).toBeVisible();

  await page.keyboard.press("Control+k");
  await page.keyboard.type("qah");
  await expect(chosen(page)).toContainText(APP);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/apps/${APP}$`));

  await page.keyboard.press("Control+k");
  await page.keyboard.type("newt rel");
  await expect(chosen(page)).toContainText("idle-copper-newt › Releases");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/apps\/idle-copper-newt\/releases$/);
  expect(await requests(server.apiUrl, { operation: "list_apps" }), "the list was known").toBe(lists);
});

test("it lists recent entries, moves with the arrow keys, and returns the focus", async ({ page }) => {
  await signInAsDemo(page);
  await page.getByRole("link", { name: "SSH keys" }).click();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Requests" }).click();
  const search = page.getByRole("button", { name: "Search or run a command" });
  await search.click();
  const recent = palette(page).getByRole("group", { name: "Recent" });
  await expect(recent.getByRole("option").first()).toContainText("SSH keys");
  await expect(chosen(page)).toContainText("SSH keys");
  await page.keyboard.press("ArrowDown");
  await expect(chosen(page)).toContainText("Apps");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(chosen(page), "it goes around").toContainText("Sign out");
  await page.keyboard.press("Escape");
  await expect(palette(page)).toHaveCount(0);
  await expect(search).toBeFocused();
});

test("it offers the page's actions, and asks first if the page does", async ({ page }) => {
  await signInAsDemo(page);
  await openApp(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("ps:scale");
  await expect(chosen(page)).toContainText("Scale the app");
  await page.keyboard.press("Enter");
  await expect(dialog(page).getByLabel("Replicas")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("theme");
  await expect(chosen(page)).toContainText(/theme/i);
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await page.keyboard.press("Control+k");
  await expect(palette(page).getByRole("option", { name: `Copy gigalixir ps -a ${APP}` })).toBeVisible();
});

test("a search without results says so, and Ctrl+Enter opens another tab", async ({ page, context }) => {
  await signInAsDemo(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("zzzz");
  await expect(palette(page).getByText("No results.")).toBeVisible();
  await field(page).fill("guide");
  const opened = context.waitForEvent("page");
  await page.keyboard.press("Control+Enter");
  await expect(await opened).toHaveURL(/\/(guide|sign-in)/);
  await expect(page).toHaveURL(/\/apps$/);
});

test("single keys go to every page, but never while the user types", async ({ page }) => {
  await signInAsDemo(page);
  await openApp(page);
  await page.keyboard.press("g");
  await page.keyboard.press("l");
  await expect(page).toHaveURL(/\/logs$/);
  await page.keyboard.press("g");
  await page.keyboard.press("j");
  await expect(page).toHaveURL(/\/jobs$/);
  const command = page.getByLabel("Command", { exact: true });
  await command.fill("");
  await command.pressSequentially("gr?j/");
  await expect(command).toHaveValue("gr?j/");
  await expect(page).toHaveURL(/\/jobs$/);
  await expect(dialog(page)).toHaveCount(0);
  await command.blur();
  await page.keyboard.press("j");
  await expect(page.getByRole("complementary", { name: "Requests" })).toBeVisible();
});

test("r refreshes the page's data", async ({ page, server }) => {
  await signInAsDemo(page);
  const before = await requests(server.apiUrl, { operation: "list_apps" });
  await page.keyboard.press("r");
  await expect.poll(() => requests(server.apiUrl, { operation: "list_apps" })).toBe(before + 1);
});

test("the list of shortcuts can turn single keys off, for good", async ({ page }) => {
  await signInAsDemo(page);
  await page.keyboard.press("?");
  await expect(dialog(page).getByText("Keyboard shortcuts")).toBeVisible();
  await dialog(page).getByLabel("Single-key shortcuts").uncheck();
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(page.getByRole("heading", { name: "Apps", level: 1 })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("g");
  await page.keyboard.press("?");
  await expect(dialog(page)).toHaveCount(0);
  await expect(page).toHaveURL(/\/apps$/);
  await page.keyboard.press("Control+k");
  await expect(field(page), "keys that are held together still work").toBeFocused();
});

test("every page has its place in the breadcrumbs and its name in the title", async ({ page }) => {
  test.setTimeout(120_000);
  await signInAsDemo(page);
  const app = `/apps/${APP}`;
  const places: [string, string, RegExp][] = [
    ["/new-app", "New app", /^New app/],
    ["/guide", "Guide", /^Guide/],
    ["/versions", "Versions", /^Versions/],
    ["/requests", "Requests", /^Requests/],
    ["/account", "Account", /./],
    ["/account/security", "Security", /^Security/],
    ["/account/ssh-keys", "SSH keys", /^SSH keys/],
    ["/billing", "Billing", /^Billing/],
    [app, APP, new RegExp(`^${APP}`)],
    ...["Logs", "Metrics", "Releases", "Config", "Databases", "Jobs", "Terminal", "Domains", "Drains", "Access", "Canaries", "Cost", "Activity", "Settings"].map(
      (name): [string, string, RegExp] => [`${app}/${name.toLowerCase()}`, name, new RegExp(`^${name} · ${APP}`)],
    ),
  ];
  for (const [path, place, title] of places) {
    await page.goto(path);
    await expect(page.getByRole("navigation", { name: "Trail" }).locator("[aria-current]"), path).toHaveText(place);
    await expect(page, path).toHaveTitle(title);
  }
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in the palette and the list of shortcuts, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await signInAsDemo(page);
    await openApp(page);
    for (const keys of ["Control+k", "?"]) {
      await page.keyboard.press(keys);
      await expect(dialog(page)).toBeVisible();
      if (keys !== "?") await page.keyboard.type("e");
      await expectNothingForAxe(page, keys, everyRule(page));
      await page.keyboard.press("Escape");
      await expect(dialog(page)).toHaveCount(0);
    }
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("the palette fills the screen and works by touch", async ({ page }) => {
    await signInAsDemo(page);
    const search = page.getByRole("button", { name: "Search or run a command" });
    await search.click();
    await palette(page).getByRole("button", { name: "Close" }).click();
    await expect(palette(page)).toHaveCount(0);
    await search.click();
    await field(page).fill("newt");
    await palette(page).getByRole("option", { name: /idle-copper-newt/ }).first().click();
    await expect(page).toHaveURL(/idle-copper-newt$/);
  });
});
