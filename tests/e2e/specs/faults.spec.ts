// Every page says when the API fails and offers a retry; it says when it must wait and then resumes
// automatically. This holds for its reads, or, on a page without reads, for its writes.

import { expect, test } from "../support/fixtures.ts";
import { SIGNED_IN } from "../support/pages.ts";
import { signInAsDemo } from "../support/steps.ts";
import { pass, Traffic } from "../support/traffic.ts";

test.use({ serverFlags: ["--rate-limit", "5000", "--window", "3"] });

/** Longer than a window, and than most waits between the tries of a call, in seconds. */
const WAIT = 4;

/** Time passes as it is told to here: at once, but in steps that leave an answer time to come. */
const STEPS = { intervals: [50], timeout: 20_000 };

/** The pages that read nothing from the API. */
const SILENT = ["new-app", "versions", "requests", "not-found"];

/** All other pages. */
const READERS = SIGNED_IN.filter(({ name }) => !SILENT.includes(name));

test("a page whose reads fail says so, and shows its data after a retry", async ({ page, server }) => {
  test.setTimeout(120_000);
  const traffic = new Traffic(page, server);
  await page.clock.install();
  await signInAsDemo(page);
  for (const { path } of READERS) {
    await page.setExtraHTTPHeaders({ "x-sandbox-fault": "500" });
    await page.goto(path);
    const alerts = page.getByRole("main").getByRole("alert").filter({ hasText: /\S/ });
    // A call that fails is tried again a few times before its page says so.
    await expect(async () => {
      // An attempt that is in flight while time passes would time out.
      await traffic.answered();
      const failed = alerts.first().waitFor({ timeout: 300 });
      // A page that has failed reads again when more time passes.
      if (await failed.then(() => true, () => false)) return;
      await pass(page, server, WAIT);
      throw new Error(`${path} does not say yet that it failed`);
    }).toPass(STEPS);
    await traffic.quiet();
    await page.setExtraHTTPHeaders({});
    const again = page.getByRole("main").getByRole("button", { name: /^(Try again|Refresh)$/ });
    await expect(async () => {
      // A log stream reconnects automatically; everything else has a button.
      for (const button of await again.all()) {
        // A button disappears with its failure, so this one may be gone by now.
        await button.click({ timeout: 500 });
      }
      await pass(page, server, WAIT);
      await expect(alerts, `${path} shows its data`).toHaveCount(0, { timeout: 1_000 });
    }).toPass({ timeout: 40_000 });
  }
});

test("a page whose reads are refused says that it waits, and resumes automatically", async ({ page, server }) => {
  test.setTimeout(120_000);
  const traffic = new Traffic(page, server);
  await page.clock.install();
  await signInAsDemo(page);
  for (const { path } of READERS) {
    await page.setExtraHTTPHeaders({ "x-sandbox-fault": "429" });
    await page.goto(path);
    const note = page.locator(".note").filter({ hasText: /requests? (is|are) waiting\./ });
    await expect(note, `${path} says that it waits`).toBeVisible();
    await expect(note).toContainText(/sent (again )?in \d+ s/i);
    await page.setExtraHTTPHeaders({});
    await expect(async () => {
      await pass(page, server, WAIT);
      await expect(note, `${path} resumes automatically`).toHaveCount(0, { timeout: 200 });
    }).toPass(STEPS);
    await traffic.quiet();
    const failures = page.getByRole("main").getByRole("alert").filter({ hasText: /\S/ });
    await expect(failures, `${path} has lost nothing`).toHaveCount(0);
  }
});

test("a page that reads nothing needs no answer", async ({ page, server }) => {
  const traffic = new Traffic(page, server);
  await signInAsDemo(page);
  await page.setExtraHTTPHeaders({ "x-sandbox-fault": "500" });
  for (const { name, path } of SIGNED_IN.filter(({ name }) => SILENT.includes(name))) {
    traffic.take();
    await page.goto(path);
    await traffic.quiet();
    expect(traffic.take(), name).toEqual([]);
    await expect(page.locator("h1")).toBeVisible();
  }
});

/** The pages that only write: the input, the button, and the sign of success. */
const SENDERS = [
  { path: "/sign-in", field: "Email", text: "demo@backoffice.example", send: "Sign in", then: "Apps" },
  { path: "/sign-up", field: "Email", text: "ada@example.com", send: "Continue", then: "Code from the mail" },
  { path: "/reset-password", field: "Email", text: "demo@backoffice.example", send: "Send mail", then: "Open the link" },
  { path: "/new-app", field: "Name", text: "sent-later", send: "Create app", then: "sent-later" },
];

for (const { path, field, text, send, then } of SENDERS) {
  test(`${path}: a failed write keeps its input and says why, and a waiting write is sent automatically`, async ({ page }) => {
    if (path === "/new-app") await signInAsDemo(page);
    await page.goto(path);
    const typed = page.getByLabel(field, { exact: true });
    await typed.fill(text);
    if (path === "/sign-in") await page.getByLabel("Password", { exact: true }).fill("sandbox-demo");
    const button = page.getByRole("button", { name: send, exact: true });
    await page.setExtraHTTPHeaders({ "x-sandbox-fault": "500" });
    await button.click();
    await expect(page.getByRole("alert").filter({ hasText: /\S/ }).first()).toBeVisible();
    await expect(typed).toHaveValue(text);
    await page.setExtraHTTPHeaders({ "x-sandbox-fault": "429" });
    await button.click();
    await expect(page.getByText(/(continues|sent( again)?) in \d+ s/i).first()).toBeVisible();
    await page.setExtraHTTPHeaders({});
    const sent = page.getByRole("heading", { name: then, exact: true });
    const next = page.getByLabel(then, { exact: true }).or(page.getByRole("button", { name: then, exact: true }));
    await expect(sent.or(next).first()).toBeVisible({ timeout: 20_000 });
  });
}
