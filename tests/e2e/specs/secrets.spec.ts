// Tokens are in session storage and nowhere else; passwords are stored nowhere.

import type { Page } from "@playwright/test";

import { expect, test } from "../support/fixtures.ts";
import { settled } from "../support/pages.ts";
import { openFirstApp, openJournal, openTab, signInAsDemo } from "../support/steps.ts";

/** Everything that a page stores or shows, as text, by place. */
async function traces(page: Page): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    const databases = await Promise.all(
      (await indexedDB.databases()).map(
        ({ name }) =>
          new Promise<string>((resolve, reject) => {
            const opening = indexedDB.open(name ?? "");
            opening.onerror = () => reject(opening.error);
            opening.onsuccess = () => {
              const stores = [...opening.result.objectStoreNames];
              if (stores.length === 0) return resolve("");
              const transaction = opening.result.transaction(stores);
              const all = stores.map((store) => transaction.objectStore(store).getAll());
              transaction.oncomplete = () => {
                opening.result.close();
                resolve(JSON.stringify(all.map((request) => request.result)));
              };
            };
          }),
      ),
    );
    const cached = await caches.keys();
    return {
      "local storage": JSON.stringify({ ...localStorage }),
      IndexedDB: databases.join("\n"),
      "cache storage": cached.join("\n"),
      cookies: document.cookie,
      DOM: document.documentElement.outerHTML,
      "form fields": [...document.querySelectorAll("input, textarea")]
        .map((field) => (field as HTMLInputElement).value)
        .join("\n"),
      address: location.href + JSON.stringify(history.state),
      resources: performance.getEntriesByType("resource").map((entry) => entry.name).join("\n"),
    };
  });
}

for (const api of ["native", "browser"] as const) {
  test.describe(api, () => {
    test.use({ api });

    test("tokens are found in session storage and nowhere else", async ({ page }) => {
      const said: string[] = [];
      page.on("console", (message) => said.push(message.text()));
      await signInAsDemo(page);
      // Once more inside the console, whose journal then contains it.
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.getByRole("button", { name: "Continue as the demo user" }).click();
      await openFirstApp(page);
      for (const tab of ["Config", "Databases", "Releases", "Jobs", "Overview"]) {
        await openTab(page, tab);
      }
      const journal = await openJournal(page);
      // Open every call, so that the DOM contains the whole journal.
      const calls = journal.locator("summary");
      await expect(journal.getByText("POST /api/session")).toHaveCount(1);
      await settled(page);
      await expect.poll(() => calls.count()).toBeGreaterThan(5);
      const count = await calls.count();
      for (let at = 0; at < count; at += 1) {
        await calls.nth(at).click();
      }
      await expect(journal.getByText(/curl|gigalixir/).first()).toBeVisible();

      const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage }));
      const stored = Object.values(JSON.parse(kept) as Record<string, string>)
        .map((value) => JSON.parse(value) as { tokens?: Record<string, string> })
        .find((value) => value.tokens);
      const tokens = Object.values(stored?.tokens ?? {});
      expect(tokens).toHaveLength(2);
      for (const token of tokens) expect(token.length).toBeGreaterThan(20);
      const places = { ...(await traces(page)), "console output": said.join("\n") };
      for (const [place, text] of Object.entries(places)) {
        for (const secret of [...tokens, "sandbox-demo"]) {
          expect(text.includes(secret), `a secret is in ${place}`).toBe(false);
        }
      }
    });

    test("signing out empties session storage", async ({ page }) => {
      await signInAsDemo(page);
      await page.getByRole("button", { name: "Sign out" }).click();
      await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
      const kept = () => page.evaluate(() => JSON.stringify({ ...sessionStorage }));
      await expect.poll(kept).not.toContain("token");
    });
  });
}

test("a reset token is removed from the address bar and the history immediately", async ({ page }) => {
  await page.goto("/reset-password?token=made-up-token");
  await expect(page.getByLabel("New password", { exact: true })).toBeVisible();
  await expect(page).not.toHaveURL(/made-up-token/);
});
