// Staying signed in: an unnoticed renewal, and signing in again in place.

import { advanceClock, expect, test } from "../support/fixtures.ts";
import { counts } from "../support/sandbox.ts";
import { applyConfig, dialog, openFirstApp, openJournal, openTab, signIn, signInAsDemo, stageVariable } from "../support/steps.ts";

const DEMO = { email: "demo@backoffice.example", password: "sandbox-demo" };

test.describe("with access tokens of five seconds", () => {
  test.use({ serverFlags: ["--access-ttl", "5"] });

  test("a renewal does not interrupt work, and the journal shows it", async ({ page, server }) => {
    await signInAsDemo(page);
    await advanceClock(server.apiUrl, 6);
    await page.getByRole("button", { name: "Refresh" }).click();
    const journal = await openJournal(page);
    await expect(journal.getByText("/api/session/renew")).toHaveCount(1);
    await expect(page.getByRole("heading", { name: "Apps", level: 1 })).toBeVisible();
    await expect(dialog(page)).toHaveCount(0);
    const renewals = (await counts(server.apiUrl)).filter((row) => row.operation === "renew_session");
    expect(renewals).toEqual([{ operation: "renew_session", status: 200, count: 1 }]);
  });
});

test.describe("when both tokens have expired", () => {
  test.use({ serverFlags: ["--access-ttl", "5", "--renewal-ttl", "10"] });

  test("signing in again happens in place and keeps page, draft and call", async ({ page, server }) => {
    await signInAsDemo(page);
    await openFirstApp(page);
    await openTab(page, "Config");
    await stageVariable(page, "DRAFT_KEY", "typed before");
    const address = page.url();
    await advanceClock(server.apiUrl, 60);
    await applyConfig(page);
    const again = page.getByRole("dialog", { name: "Your session has ended" });
    await expect(again).toBeVisible();
    await signIn(again, DEMO.email, DEMO.password);
    await expect(again).toHaveCount(0);
    // The waiting call has succeeded.
    await expect(page.getByRole("region", { name: "Staged changes" })).toHaveCount(0);
    await expect(page.getByRole("row", { name: /DRAFT_KEY/ })).toBeVisible();
    await expect(page).toHaveURL(address);
  });

  test("an unsent draft is kept too", async ({ page, server }) => {
    await signInAsDemo(page);
    await openFirstApp(page);
    await openTab(page, "Config");
    await stageVariable(page, "DRAFT_KEY", "typed before");
    await advanceClock(server.apiUrl, 60);
    await page.getByRole("button", { name: "Refresh" }).click();
    const again = page.getByRole("dialog", { name: "Your session has ended" });
    await signIn(again, DEMO.email, "wrong password");
    await expect(again.getByRole("alert")).toBeVisible();
    await signIn(again, DEMO.email, DEMO.password);
    await expect(again).toHaveCount(0);
    await expect(page.getByRole("row", { name: /DRAFT_KEY/ })).toContainText("Added");
  });
});

test("a page that needs a session leads to sign-in and back again", async ({ page }) => {
  await page.goto("/account/ssh-keys");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.getByRole("button", { name: "Continue as the demo user" }).click();
  await expect(page.getByRole("heading", { name: "SSH keys" })).toBeVisible();
});

test("signing in leads back to the page and view of the address", async ({ page, server }) => {
  const path = "/apps/quiet-amber-heron/metrics?range=1h&time=utc#cpu";
  await page.goto(path);
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.getByRole("button", { name: "Continue as the demo user" }).click();
  await expect(page.getByRole("link", { name: "Metrics" })).toBeVisible();
  expect(page.url()).toBe(`${server.consoleUrl}${path}`);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.getByRole("button", { name: "Continue as the demo user" }).click();
  await expect(page.getByRole("link", { name: "Metrics" })).toBeVisible();
  expect(page.url()).toBe(`${server.consoleUrl}${path}`);
});

test("a new tab shares the session of another, and signing out ends both", async ({ page, context }) => {
  await signInAsDemo(page);
  const other = await context.newPage();
  await other.goto("/account/ssh-keys");
  await expect(other.getByRole("heading", { name: "SSH keys" })).toBeVisible();
  await other.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});

test("the sign-in page offers the session of another tab, and another account as well", async ({ page, context }) => {
  await signInAsDemo(page);
  const other = await context.newPage();
  await other.goto("/sign-in");
  await expect(other.getByLabel("Email")).toBeVisible();
  await other.getByRole("button", { name: `Continue as ${DEMO.email}` }).click();
  await expect(other.getByRole("heading", { name: "Apps", level: 1 })).toBeVisible();
});

test("signing in again in one tab resumes the calls of another", async ({ page, context, server }) => {
  await signInAsDemo(page);
  const other = await context.newPage();
  await other.goto("/apps");
  await expect(other.getByRole("button", { name: "Refresh" })).toBeEnabled();
  // Longer than the lifetime of a renewal token.
  await advanceClock(server.apiUrl, 31 * 86_400);
  const again = (tab: typeof page) => tab.getByRole("dialog", { name: "Your session has ended" });
  await page.getByRole("button", { name: "Refresh" }).click();
  await other.getByRole("button", { name: "Refresh" }).click();
  await expect(again(page)).toBeVisible();
  await expect(again(other)).toBeVisible();
  const answered = other.waitForResponse((answer) => answer.url().endsWith("/api/apps") && answer.ok());
  await signIn(again(page), DEMO.email, DEMO.password);
  await expect(again(page)).toHaveCount(0);
  await expect(again(other)).toHaveCount(0);
  await answered;
  await expect(other.getByRole("button", { name: "Refresh" })).toBeEnabled();
});

test("a reload keeps the session of the tab", async ({ page }) => {
  await signInAsDemo(page);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Apps", level: 1 })).toBeVisible();
});

test("a forgotten password is reset by mail", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await page.getByLabel("Email").fill(DEMO.email);
  await page.getByRole("button", { name: "Send mail" }).click();
  await page.getByRole("button", { name: "Open the link" }).click();
  await page.getByLabel("New password", { exact: true }).fill("another password");
  await page.getByRole("button", { name: "Set password" }).click();
  await page.getByRole("link", { name: "Sign in with your new password" }).click();
  await signIn(page, DEMO.email, DEMO.password);
  await expect(page.getByRole("alert")).toBeVisible();
  await signIn(page, DEMO.email, "another password");
  await expect(page.getByRole("heading", { name: "Apps", level: 1 })).toBeVisible();
});

test("signing in never leads to another site", async ({ page, server }) => {
  for (const next of ["//evil.example", "/%09/evil.example", "/%0A/evil.example", "/%5Cevil.example"]) {
    await page.goto(`/sign-in?next=${next}`);
    await page.getByRole("button", { name: "Continue as the demo user" }).click();
    await expect(page.getByRole("heading", { name: "Apps", level: 1 })).toBeVisible();
    expect(page.url()).toBe(`${server.consoleUrl}/apps`);
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  }
});

test.describe("with three sign-ins a window", () => {
  test.use({ serverFlags: ["--auth-rate-limit", "3", "--window", "8"] });

  test("a sign-in that must wait says so and resumes automatically", async ({ page, server }) => {
    const attempt = async () => {
      const body = JSON.stringify({ user: { email: DEMO.email, password: "wrong" } });
      const headers = { "content-type": "application/json" };
      return (await fetch(`${server.apiUrl}/api/session`, { method: "POST", headers, body })).status;
    };
    await page.goto("/sign-in");
    await expect(async () => expect(await attempt()).toBe(429)).toPass();
    await page.getByRole("button", { name: "Continue as the demo user" }).click();
    await expect(page.getByText(/Continues in \d+ s/)).toBeVisible();
    await expect(page.getByRole("heading", { name: "Apps", level: 1 })).toBeVisible({ timeout: 30_000 });
  });
});
