// What users do in the console, by the names that they see there.

import { expect, type Locator, type Page } from "@playwright/test";
import list from "./pages.json" with { type: "json" };

/** Time that builds and rollouts take if the test does not advance the clock. */
export const ROLLOUT = { timeout: 60_000 };

/** Signs in as the demo user of every fresh sandbox, and waits for the list of apps: a fault that
 * the test requests next must not hit the page's first request. */
export async function signInAsDemo(page: Page): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Continue as the demo user" }).click();
  await expect(page.getByRole("heading", { name: "Apps", level: 1 })).toBeVisible();
  await expect(page.getByRole("button", { name: "Refresh" })).toBeEnabled();
}

/** Signs in with an address and a password, on the page or in place. */
export async function signIn(scope: Page | Locator, email: string, password: string): Promise<void> {
  const field = scope.getByLabel("Email");
  if (await field.isEditable()) {
    await field.fill(email);
  }
  await scope.getByLabel("Password", { exact: true }).fill(password);
  await scope.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Signs up, confirms with the code from the sandbox's mailbox, and is signed in afterwards. */
export async function signUp(page: Page, email: string, password: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Create an account" }).click();
  await page.getByLabel("Email").fill(email);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.getByRole("button", { name: "Use this code" }).click();
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("heading", { name: "You have no apps yet" })).toBeVisible();
}

/** Creates an app in Belgium, which is not the default region. */
export async function createApp(page: Page, name: string): Promise<void> {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Apps" }).click();
  await page.getByRole("link", { name: "New app" }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByRole("radio", { name: /Google Cloud/ }).check();
  await page.getByRole("radio", { name: /Belgium/ }).check();
  await page.getByRole("button", { name: "Create app" }).click();
}

/** Opens a page of the app that is open. */
export async function openTab(page: Page, name: string): Promise<void> {
  const tab = list.app.find(({ title }) => title === name)?.tab ?? name;
  await page.getByRole("navigation", { name: "App", exact: true }).getByRole("link", { name: tab }).click();
  if (name === tab) return;
  await page.getByRole("navigation", { name: tab, exact: true }).getByRole("link", { name, exact: true }).click();
}

/** Stages a config variable on the page that is open. */
export async function stageVariable(page: Page, name: string, value: string): Promise<void> {
  await page.getByRole("button", { name: "Add variable" }).click();
  await dialog(page).getByLabel("Name").fill(name);
  await dialog(page).getByLabel("Value").fill(value);
  await dialog(page).getByRole("button", { name: "Stage" }).click();
  await expect(dialog(page)).toHaveCount(0);
}

/** Applies the staged changes. */
export async function applyConfig(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Review and apply" }).click();
  await dialog(page).getByRole("button", { name: "Apply", exact: true }).click();
}

/** The dialog that is open. */
export function dialog(page: Page): Locator {
  return page.getByRole("dialog");
}

/** The note about the app's health. */
export function health(page: Page): Locator {
  return page.locator("dl.stat");
}

/** The meter in the top bar. */
export function meter(page: Page): Locator {
  return page.getByRole("button", { name: /^Request budget/ });
}

/** The journal beside the page, opened from the meter's panel. */
export async function openJournal(page: Page): Promise<Locator> {
  await meter(page).click();
  await page.getByRole("dialog", { name: "Request budget" }).getByRole("button", { name: "Open the journal" }).click();
  const journal = page.getByRole("complementary", { name: "Requests" });
  await expect(journal).toBeVisible();
  return journal;
}

/** Opens the first app of the list. */
export async function openFirstApp(page: Page): Promise<void> {
  await page.getByRole("table", { name: "Apps" }).getByRole("link").first().click();
}
