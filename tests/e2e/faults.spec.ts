// Every page that asks the API for something says when it fails and can try again, and says when it
// has to wait and goes on by itself.

import type { Page } from "@playwright/test";

import { expect, test } from "./fixtures.ts";
import { APP, SIGNED_IN, type ConsolePage } from "./pages.ts";
import { signInAsDemo } from "./steps.ts";
import { Traffic } from "./traffic.ts";

test.use({ serverFlags: ["--rate-limit", "5000", "--window", "3"] });

/** The pages that ask for something of their own, beyond what all pages about an app ask for. */
async function readers(page: Page, traffic: Traffic): Promise<ConsolePage[]> {
  const asked = new Map<ConsolePage, string[]>();
  for (const place of SIGNED_IN) {
    traffic.take();
    await page.goto(place.path);
    await traffic.quiet();
    asked.set(place, traffic.take());
  }
  const ofApp = [...asked].filter(([{ path }]) => path.startsWith(`${APP}/`)).map(([, calls]) => calls);
  const shared = new Set(ofApp[0]?.filter((call) => ofApp.every((calls) => calls.includes(call))));
  return [...asked].filter(([, calls]) => calls.some((call) => !shared.has(call))).map(([place]) => place);
}

test("a page whose reads fail says so, and shows its data after another try", async ({ page, server }) => {
  test.setTimeout(300_000);
  const traffic = new Traffic(page, server);
  await signInAsDemo(page);
  const places = await readers(page, traffic);
  expect(places.length).toBeGreaterThan(4);
  for (const { path } of places) {
    await page.setExtraHTTPHeaders({ "x-sandbox-fault": "500" });
    await page.goto(path);
    const alerts = page.getByRole("main").getByRole("alert").filter({ hasText: /\S/ });
    await expect(alerts.first(), `${path} says that it failed`).toBeVisible();
    await traffic.quiet();
    await page.setExtraHTTPHeaders({});
    const again = page.getByRole("main").getByRole("button", { name: /^(Try again|Refresh)$/ });
    await expect(async () => {
      // A log stream is opened again by itself; everything else has a button.
      for (const button of await again.all()) {
        // A button goes with its failure, so this one may be gone by now.
        await button.click({ timeout: 500 });
      }
      await expect(alerts, `${path} shows what it could not read before`).toHaveCount(0, { timeout: 1_000 });
    }).toPass({ timeout: 40_000 });
  }
});

test("a page whose reads are refused says that it waits, and goes on by itself", async ({ page, server }) => {
  test.setTimeout(300_000);
  const traffic = new Traffic(page, server);
  await signInAsDemo(page);
  for (const { path } of await readers(page, traffic)) {
    await page.setExtraHTTPHeaders({ "x-sandbox-fault": "429" });
    await page.goto(path);
    const note = page.locator(".note").filter({ hasText: /requests? waits?\./ });
    await expect(note, `${path} says that it waits`).toBeVisible();
    await expect(note).toContainText(/goes on in \d+ s by itself/);
    await page.setExtraHTTPHeaders({});
    await expect(note, `${path} goes on by itself`).toHaveCount(0, { timeout: 20_000 });
    await traffic.quiet();
    const failures = page.getByRole("main").getByRole("alert").filter({ hasText: /\S/ });
    await expect(failures, `${path} has lost nothing`).toHaveCount(0);
  }
});
