// Signing up and in through another provider, which the sandbox simulates.

import type { Locator, Page } from "@playwright/test";

import { advanceClock, expect, test } from "../support/fixtures.ts";
import { counts } from "../support/sandbox.ts";
import { signInAsDemo } from "../support/steps.ts";

const DEMO = "demo@backoffice.example";

/** Goes to the provider and enters the address there. */
async function continueAs(scope: Page | Locator, email: string): Promise<void> {
  await scope.getByRole("button", { name: "Continue with Google" }).click();
  await scope.getByLabel("Your Google account").fill(email);
  await scope.getByRole("button", { name: "Confirm" }).click();
}

for (const api of ["native", "browser"] as const) {
  test.describe(api, () => {
    test.use({ api });

    test("an account is created and signed in to without a password", async ({ page }) => {
      await page.goto("/sign-up");
      await continueAs(page, "grace@example.com");
      await expect(page.getByText("Google confirmed grace@example.com.")).toBeVisible();
      await page.getByRole("button", { name: "Create account" }).click();
      await expect(page.getByText("Account created for grace@example.com.")).toBeVisible();
      await continueAs(page, "grace@example.com");
      await expect(page.getByRole("heading", { name: "You have no apps yet" })).toBeVisible();
      await page.reload();
      await expect(page.getByRole("heading", { name: "You have no apps yet" })).toBeVisible();
    });
  });
}

test("an unknown user gets an error, and a mistyped address can be corrected", async ({ page }) => {
  await page.goto("/sign-in");
  await continueAs(page, "nobody@");
  await expect(page.getByText(/^The address/)).toBeVisible();
  await page.getByLabel("Your Google account").fill("nobody@example.com");
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByRole("alert")).toContainText("There is no account for nobody@example.com");
  await continueAs(page, DEMO);
  await expect(page.getByRole("heading", { name: "Apps", level: 1 })).toBeVisible();
});

test("giving up stops the polling", async ({ page, server }) => {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Continue with Google" }).click();
  await expect(page.getByLabel("Your Google account")).toBeFocused();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("button", { name: "Continue with Google" })).toBeVisible();
  const asked = (await counts(server.apiUrl)).filter((row) => row.operation === "poll_oauth");
  expect(asked).toEqual([]);
});

test("in place, only the same user can sign in again", async ({ page, server }) => {
  await signInAsDemo(page);
  // Longer than the lifetime of a renewal token.
  await advanceClock(server.apiUrl, 31 * 86_400);
  await page.getByRole("button", { name: "Refresh" }).click();
  const again = page.getByRole("dialog", { name: "Your session has ended" });
  await continueAs(again, "sam@backoffice.example");
  await expect(again.getByText("You signed in at Google as sam@backoffice.example, which is a different account.")).toBeVisible();
  await continueAs(again, DEMO);
  await expect(again).toHaveCount(0);
  await expect(page.getByText(/as of (just now|\d+ s ago)/)).toBeVisible();
});
