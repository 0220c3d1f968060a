// Every page says when the API fails and can try again, and says when it has to wait and goes on by
// itself: for what it reads, or, where it reads nothing, for what it sends.

import { expect, test } from "../support/fixtures.ts";
import { SIGNED_IN } from "../support/pages.ts";
import { signInAsDemo } from "../support/steps.ts";
import { pass, Traffic } from "../support/traffic.ts";

test.use({ serverFlags: ["--rate-limit", "5000", "--window", "3"] });

/** Longer than a window, and than most waits between the tries of a call, in seconds. */
const WAIT = 4;

/** Time passes as it is told to here: at once, but in steps that leave an answer time to come. */
const STEPS = { intervals: [50], timeout: 20_000 };

/** The pages that ask the API for nothing by themselves. */
const SILENT = ["new-app", "versions", "requests", "not-found"];

/** All others. */
const READERS = SIGNED_IN.filter(({ name }) => !SILENT.includes(name));

test("a page whose reads fail says so, and shows its data after another try", async ({ page, server }) => {
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
      await pass(page, server, WAIT);
      await expect(alerts.first(), `${path} says that it failed`).toBeVisible({ timeout: 200 });
    }).toPass(STEPS);
    await traffic.quiet();
    await page.setExtraHTTPHeaders({});
    const again = page.getByRole("main").getByRole("button", { name: /^(Try again|Refresh)$/ });
    await expect(async () => {
      // A log stream is opened again by itself; everything else has a button.
      for (const button of await again.all()) {
        // A button goes with its failure, so this one may be gone by now.
        await button.click({ timeout: 500 });
      }
      await pass(page, server, WAIT);
      await expect(alerts, `${path} shows what it could not read before`).toHaveCount(0, { timeout: 1_000 });
    }).toPass({ timeout: 40_000 });
  }
});

test("a page whose reads are refused says that it waits, and goes on by itself", async ({ page, server }) => {
  test.setTimeout(120_000);
  const traffic = new Traffic(page, server);
  await page.clock.install();
  await signInAsDemo(page);
  for (const { path } of READERS) {
    await page.setExtraHTTPHeaders({ "x-sandbox-fault": "429" });
    await page.goto(path);
    const note = page.locator(".note").filter({ hasText: /requests? waits?\./ });
    await expect(note, `${path} says that it waits`).toBeVisible();
    await expect(note).toContainText(/sent (again )?in \d+ s/i);
    await page.setExtraHTTPHeaders({});
    await expect(async () => {
      await pass(page, server, WAIT);
      await expect(note, `${path} goes on by itself`).toHaveCount(0, { timeout: 200 });
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

/** The pages that only send something: what is typed, what sends it, and what shows that it went. */
const SENDERS = [
  { path: "/sign-in", field: "Email", text: "demo@backoffice.example", send: "Sign in", then: "Apps" },
  { path: "/sign-up", field: "Email", text: "ada@example.com", send: "Continue", then: "Code from the mail" },
  { path: "/reset-password", field: "Email", text: "demo@backoffice.example", send: "Send the mail", then: "Follow its link" },
  { path: "/new-app", field: "Name", text: "sent-later", send: "Create app", then: "sent-later" },
];

for (const { path, field, text, send, then } of SENDERS) {
  test(`${path}: what cannot be sent is kept, with the reason, and what has to wait goes by itself`, async ({ page }) => {
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
    await expect(page.getByText(/(goes on|sent( again)?) in \d+ s/i).first()).toBeVisible();
    await page.setExtraHTTPHeaders({});
    const sent = page.getByRole("heading", { name: then, exact: true });
    const next = page.getByLabel(then, { exact: true }).or(page.getByRole("button", { name: then, exact: true }));
    await expect(sent.or(next).first()).toBeVisible({ timeout: 20_000 });
  });
}
