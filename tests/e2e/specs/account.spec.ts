// The account: its address, password, second factor, API key, SSH keys and end.

import { createHmac } from "node:crypto";

import type { Locator, Page } from "@playwright/test";

import { advanceClock, expect, mailbox, test } from "../support/fixtures.ts";
import { expectNothingForAxe } from "../support/standards.ts";
import { dialog, signIn, signInAsDemo, signUp } from "../support/steps.ts";

const DEMO = { email: "demo@backoffice.example", password: "sandbox-demo" };
const ADA = { email: "ada@example.com", password: "made up password" };

/** The token that an authenticator shows for a secret at a time (RFC 6238). */
function totp(secret: string, at: number): string {
  const bits = [...secret.replaceAll(" ", "")]
    .map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const digest = createHmac("sha1", key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0xf;
  return ((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).toString().padStart(6, "0");
}

/** The world's clock, which a test may have advanced. */
async function worldTime(apiUrl: string): Promise<number> {
  const answer = await fetch(`${apiUrl}/sandbox/health`);
  const { data } = (await answer.json()) as { data: { now: string } };
  return Date.parse(data.now);
}

function card(page: Page, name: string): Locator {
  return page.getByRole("region", { name, exact: true });
}

async function open(page: Page, link: "Profile" | "Security" | "SSH keys"): Promise<void> {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: link }).click();
  const heading = link === "Profile" ? "Account" : link;
  await expect(page.getByRole("heading", { name: heading, level: 1 })).toBeVisible();
}

/** Sets up the second factor, and returns its secret and the recovery codes. */
async function turnOn(page: Page, apiUrl: string): Promise<{ secret: string; codes: string[] }> {
  const factor = card(page, "Second factor");
  await factor.getByRole("button", { name: "Set up" }).click();
  await expect(factor.getByRole("img", { name: /QR code/ })).toBeVisible();
  await factor.getByRole("button", { name: "Show: Secret" }).click();
  const shown = factor.locator(".secret__text");
  await expect(shown, "in plain text, not as dots").toHaveText(/^[A-Z2-7 ]+$/);
  const secret = (await shown.innerText()).trim();
  await factor.getByLabel("Token").fill("000000");
  await factor.getByRole("button", { name: "Turn on" }).click();
  await expect(factor.getByText("The token is incorrect.")).toBeVisible();
  await factor.getByLabel("Token").fill(totp(secret, await worldTime(apiUrl)));
  await factor.getByRole("button", { name: "Turn on" }).click();
  const listed = factor.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  // A list that has not been loaded yet would look empty.
  await expect(listed).toHaveCount(10);
  return { secret, codes: await listed.allInnerTexts() };
}

test("a second factor is set up, required when signing in again in place, and turned off", async ({ page, server }) => {
  await signInAsDemo(page);
  await open(page, "Security");
  const factor = card(page, "Second factor");
  await expect(factor.getByText("Your password alone is enough to sign in.")).toBeVisible();
  const { secret, codes } = await turnOn(page, server.apiUrl);
  const on = factor.getByRole("button", { name: "Sign in again" });
  await expect(on).toHaveAttribute("aria-disabled", "true");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    factor.getByRole("button", { name: "Download codes" }).click(),
  ]);
  expect(file.suggestedFilename()).toBe("backoffice-recovery-codes.txt");
  await factor.getByLabel("I have stored them").check();
  await on.click();

  const again = page.getByRole("dialog", { name: "Your session has ended" });
  await signIn(again, DEMO.email, DEMO.password);
  const token = again.getByLabel("Second-factor token");
  await expect(token).toBeFocused();
  await expect(again.getByLabel("Password", { exact: true })).toHaveValue(DEMO.password);
  await token.fill("000000");
  await again.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(again.getByText("The token is incorrect.")).toBeVisible();
  // The token that turned it on is not accepted again.
  await advanceClock(server.apiUrl, 30);
  await token.fill(totp(secret, await worldTime(server.apiUrl)));
  await again.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(again).toHaveCount(0);
  await expect(factor.getByText(/a token from your authenticator/)).toBeVisible();
  expect(await page.content()).not.toContain(codes[0]);

  await factor.getByRole("button", { name: "Replace recovery codes…" }).click();
  await dialog(page).getByRole("button", { name: "Replace codes" }).click();
  await expect(factor.getByText(codes[0] ?? "")).toHaveCount(0);
  const listed = factor.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(listed).toHaveCount(10);
  const fresh = await listed.first().innerText();
  await factor.getByLabel("I have stored them").check();
  await factor.getByRole("button", { name: "Done" }).click();

  // A user without the phone, on the sign-in page.
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await signIn(page, DEMO.email, DEMO.password);
  await page.getByLabel("Second-factor token").fill(codes[1] ?? "");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("The token is incorrect.")).toBeVisible();
  await page.getByLabel("Second-factor token").fill(fresh);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Security", level: 1 }).or(page.getByRole("heading", { name: "Apps", level: 1 }))).toBeVisible();
  await open(page, "Security");
  await factor.getByRole("button", { name: "Turn off…" }).click();
  await dialog(page).getByRole("button", { name: "Turn off" }).click();
  await expect(factor.getByText("Your password alone is enough to sign in.")).toBeVisible();
});

test("the address changes by the link in the mail, and can be revoked", async ({ page, server }) => {
  await signUp(page, ADA.email, ADA.password);
  await open(page, "Profile");
  const change = card(page, "Change email");
  const ask = async (next: string, password: string) => {
    await change.getByLabel("New email").fill(next);
    await change.getByLabel("Current password").fill(password);
    await change.getByRole("button", { name: "Send links" }).click();
  };
  await ask(DEMO.email, ADA.password);
  await expect(change.getByText("has already been taken")).toBeVisible();
  await ask("next@example.com", "wrong");
  await expect(change.getByText("The password is incorrect.")).toBeVisible();
  await expect(change.getByLabel("New email"), "the input stays").toHaveValue("next@example.com");
  await ask("next@example.com", ADA.password);
  await expect(change.getByText("Confirm the change to next@example.com")).toBeVisible();
  await page.reload();
  await expect(change.getByText("Confirm the change to next@example.com")).toBeVisible();
  await change.getByRole("button", { name: "Cancel the change" }).click();
  await expect(change.getByText("Confirm the change to next@example.com")).toHaveCount(0);

  await ask("next@example.com", ADA.password);
  expect((await mailbox(server.apiUrl, ADA.email))[0]?.link).toContain("revoke");
  await change.getByRole("button", { name: "Confirm the change" }).click();
  const profile = card(page, "Profile");
  await expect(profile.getByText("next@example.com")).toBeVisible();
  await expect(page.getByTitle("next@example.com"), "the session has the new address").toBeVisible();
  await expect(page.getByText(ADA.email)).toHaveCount(0);
  await page.reload();
  await expect(page.getByTitle("next@example.com")).toBeVisible();
  await expect(profile.getByRole("button", { name: "Refresh" })).toBeEnabled();
  // Longer than the lifetime of a renewal token.
  await advanceClock(server.apiUrl, 31 * 86_400);
  await profile.getByRole("button", { name: "Refresh" }).click();
  const again = page.getByRole("dialog", { name: "Your session has ended" });
  await expect(again.getByLabel("Email")).toHaveValue("next@example.com");
  await signIn(again, "next@example.com", ADA.password);
  await expect(again).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Apps", level: 1 }).or(page.getByRole("heading", { name: "Account", level: 1 }))).toBeVisible();
});

test("changing the password ends other sessions and not this one", async ({ page, browser, server }) => {
  await signUp(page, ADA.email, ADA.password);
  const elsewhere = await browser.newContext({ baseURL: server.consoleUrl });
  const other = await elsewhere.newPage();
  await other.goto("/sign-in");
  await signIn(other, ADA.email, ADA.password);
  await expect(other.getByRole("heading", { name: "Apps", level: 1 })).toBeVisible();

  await open(page, "Security");
  const password = card(page, "Password");
  await password.getByLabel("New password", { exact: true }).fill("abc");
  await expect(password.getByText("3 of at least 4 characters.")).toBeVisible();
  await password.getByLabel("Current password", { exact: true }).fill(ADA.password);
  await password.getByRole("button", { name: "Change password" }).click();
  await expect(password.getByLabel("New password", { exact: true })).toBeFocused();
  await password.getByLabel("New password", { exact: true }).fill("another password");
  await password.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Password changed.")).toBeVisible();
  const answered = page.waitForResponse((answer) => answer.request().method() === "GET" && answer.url().includes("/api/"));
  await card(page, "Second factor").getByRole("button", { name: "Refresh" }).click();
  expect((await answered).status(), "this session continues").toBe(200);
  await other.getByRole("button", { name: "Refresh" }).click();
  await expect(other.getByRole("dialog", { name: "Your session has ended" })).toBeVisible();
  await elsewhere.close();
});

test("the API key is replaced with the password, masked, and copied into the lines of netrc", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await signInAsDemo(page);
  await open(page, "Security");
  const key = card(page, "API key");
  await expect(key.getByText("This server does not show the key here.")).toBeVisible();
  const ask = key.getByRole("button", { name: "Replace API key…" });
  await ask.click();
  await dialog(page).getByLabel("Current password").fill("wrong");
  await dialog(page).getByRole("button", { name: "Replace key" }).click();
  await expect(dialog(page).getByText("The password is incorrect.")).toBeVisible();
  await dialog(page).getByLabel("Current password").fill(DEMO.password);
  await dialog(page).getByRole("button", { name: "Replace key" }).click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(ask, "the focus goes back").toBeFocused();
  await key.getByRole("button", { name: "Copy without showing: API key" }).click();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toMatch(/^[0-9a-f-]{36}$/);
  const made = await copied();
  expect(await page.content()).not.toContain(made);
  await key.getByRole("button", { name: "Copy the lines with the key" }).click();
  await expect.poll(copied).toContain(`login ${DEMO.email}\n\tpassword ${made}`);
});

test("an account with apps cannot be closed; one without is closed for good", async ({ page }) => {
  await signInAsDemo(page);
  await open(page, "Profile");
  await page.getByRole("button", { name: "Close account…" }).click();
  await expect(dialog(page).getByText("Delete 3 apps first")).toBeVisible();
  await expect(dialog(page).getByRole("link", { name: "quiet-amber-heron" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Sign out", exact: true }).click();

  await signUp(page, ADA.email, ADA.password);
  await open(page, "Profile");
  await page.getByRole("button", { name: "Close account…" }).click();
  const question = page.getByRole("dialog", { name: "Close the account for good?" });
  const close = question.getByRole("button", { name: "Close account", exact: true });
  await expect(close).toHaveAttribute("aria-disabled", "true");
  await question.getByLabel(`Type ${ADA.email} to continue`).fill(ADA.email);
  await question.getByLabel("Current password").fill("wrong");
  await close.click();
  await expect(question.getByText("The password is incorrect.")).toBeVisible();
  await question.getByLabel("Current password").fill(ADA.password);
  await close.click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await signIn(page, ADA.email, ADA.password);
  await expect(page.getByRole("alert")).toContainText("Invalid email or password");
});

test("an SSH key shows type, comment and fingerprint, and a short key is reported as unsafe", async ({ page }) => {
  await signInAsDemo(page);
  await open(page, "SSH keys");
  const field = page.getByLabel("Public key");
  await field.fill("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFZXVB+0CIQVUhn6i+gNmQvPtA8M4nGk+ezusUpp0UB8 ada@laptop of mine");
  await expect(page.getByText("Fingerprint: SHA256:eceLmAnhe4E0z9Vkt02AqnaPfqEwya7bWFNDQch/zV4")).toBeVisible();
  await page.getByRole("button", { name: "Add key" }).click();
  const good = page.getByRole("row", { name: /ada@laptop of mine/ });
  await expect(good).toContainText("SHA256:eceLmAnhe4E0z9Vkt02AqnaPfqEwya7bWFNDQch/zV4");
  await expect(good.getByText("Unsafe")).toHaveCount(0);
  await field.fill("ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDRgA9DVbZlJXIwTq2+VviPLspKf9e1BYzphWn2v1/mccqz9iNMEWTL6T0fPh6xD+XVlIDqapFZSy5fuOOUyAsfylS6H9zXMXlLjAN6Lrcg1qJuKrd1IsWgf39bYoiBGhm5esYUxcDltqc+amj63Q/3lohB57Njju52fpl/VrgNWw== old@work");
  await page.getByRole("button", { name: "Add key" }).click();
  const short = page.getByRole("row", { name: /old@work/ });
  await expect(short).toContainText("ssh-rsa 1024");
  await expect(short.getByText("Unsafe")).toBeVisible();
  await short.getByRole("button", { name: "Remove old@work" }).click();
  await dialog(page).getByRole("button", { name: "Remove" }).click();
  await expect(short).toHaveCount(0);
  await page.getByRole("group", { name: "Platform" }).getByRole("button", { name: "Windows" }).click();
  await expect(page.getByRole("region", { name: "Commands that create a key" })).toContainText("Set-Clipboard");
});

for (const [link, name] of [["Profile", "Profile"], ["Security", "Second factor"], ["SSH keys", "Your keys"]] as const) {
  test(`${link}: a failing API and a used-up window show different messages, and both keep the data`, async ({ page }) => {
    await signInAsDemo(page);
    await open(page, link);
    const panel = card(page, name);
    const refresh = panel.getByRole("button", { name: "Refresh" });
    await expect(panel.getByText(/^as of/)).toBeVisible();
    await page.setExtraHTTPHeaders({ "x-sandbox-fault": "500" });
    await refresh.click();
    await expect(panel.getByRole("alert")).toBeVisible();
    await page.setExtraHTTPHeaders({ "x-sandbox-fault": "429" });
    await refresh.click();
    await expect(page.getByText(/\bwait(s|ing)?\b/i).first()).toBeVisible();
    await expect(panel.getByText(/^as of/)).toBeVisible();
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

    test("axe finds nothing while a second factor is set up, or in the dialogs", async ({ page, server }) => {
      test.setTimeout(120_000);
      const check = (what: string) => expectNothingForAxe(page, what);
      await signInAsDemo(page);
      await open(page, "Profile");
      await page.getByRole("button", { name: "Close account…" }).click();
      await expect(dialog(page).getByText("Delete 3 apps first")).toBeVisible();
      await check("what is in the way of closing");
      await page.keyboard.press("Escape");
      await open(page, "Security");
      await page.getByRole("button", { name: "Replace API key…" }).click();
      await check("replacing the API key");
      await page.keyboard.press("Escape");
      await card(page, "Second factor").getByRole("button", { name: "Set up" }).click();
      await expect(page.getByRole("img", { name: /QR code/ })).toBeVisible();
      await check("the code to scan");
      await page.getByRole("button", { name: "Cancel" }).click();
      await turnOn(page, server.apiUrl);
      await check("recovery codes");
    });
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("setting up a second factor is never wider than the screen", async ({ page, server }) => {
    await signInAsDemo(page);
    await page.goto("/account/security");
    const surplus = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await expect(card(page, "Second factor").getByRole("button", { name: "Set up" })).toBeVisible();
    expect(await surplus()).toBeLessThanOrEqual(0);
    await turnOn(page, server.apiUrl);
    expect(await surplus()).toBeLessThanOrEqual(0);
  });
});
