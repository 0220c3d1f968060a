// Tasks that need a terminal: the commands, and those of their requirements that the console can check.

import { advanceClock, expect, test } from "../support/fixtures.ts";
import { requests } from "../support/sandbox.ts";
import { ROLLOUT, openTab, signInAsDemo, signUp } from "../support/steps.ts";

const APP = "quiet-amber-heron";

test("commands name the app, and their requirements are checked", async ({ page }) => {
  await signInAsDemo(page);
  await page.getByRole("link", { name: APP }).click();
  await openTab(page, "Terminal");
  const shell = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Shell" }) });
  await expect(shell.getByText(`gigalixir ps:ssh -a ${APP}`)).toBeVisible();
  await expect(shell.getByRole("list", { name: "Needs" })).toContainText("The app is running");
  const hot = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Hot upgrade" }) });
  await expect(hot.getByText('git -c http.extraheader="GIGALIXIR-HOT: true" push gigalixir')).toBeVisible();
  await expect(hot).toContainText("A Distillery release (check yourself)");
  await page.getByRole("button", { name: "Elixir release" }).click();
  await expect(hot).toContainText("Distillery only");
  await page.reload();
  await expect(hot, "this browser remembers it").toContainText("Distillery only");
});

test("without a key and without a running app, it says what to do", async ({ page }) => {
  await signUp(page, "grace@example.com", "made up password");
  await page.getByRole("link", { name: "Create your first app" }).click();
  await page.getByLabel("Name").fill("grace-app");
  await page.getByRole("button", { name: "Create app" }).click();
  await openTab(page, "Terminal");
  const needs = page.getByRole("region", { name: "Requirements" });
  await expect(needs).toContainText("No SSH key yet");
  await expect(needs).toContainText("The app is not running");
  await needs.getByRole("link", { name: "Deploy or scale it" }).click();
  await expect(page).toHaveURL(/grace-app$/);
});

test("the address and the observer's code are read only on request", async ({ page, server }) => {
  await signInAsDemo(page);
  await page.goto(`/apps/${APP}/terminal`);
  await expect(page.getByText("The app is running").first()).toBeVisible();
  const reads = async () =>
    (await requests(server.apiUrl, { operation: "get_ssh_ip" })) +
    (await requests(server.apiUrl, { operation: "get_observer_commands" }));
  expect(await reads()).toBe(0);
  await page.getByRole("button", { name: "Show the address" }).click();
  await expect(page.getByText(/^ssh -t root@203\.0\.113\.\d+ gigalixir_run remote_console$/)).toBeVisible();
  await page.getByRole("button", { name: "Show the observer's code" }).click();
  await expect(page.getByRole("region", { name: "Code that the observer evaluates" })).toContainText("get_cookie");
  expect(await reads()).toBe(2);
});

test("a push from this page is followed until its release exists", async ({ page, server }) => {
  await signInAsDemo(page);
  await page.goto(`/apps/${APP}/terminal`);
  await page.getByRole("button", { name: "Simulate push" }).click();
  const push = page.getByRole("region", { name: "With a push" });
  await expect(push.getByText("Building")).toBeVisible();
  await advanceClock(server.apiUrl, 13);
  await expect(push.getByText("Building")).toHaveCount(0, ROLLOUT);
  await openTab(page, "Releases");
  await expect(page.getByRole("row", { name: /v8/ })).toBeVisible();
});

for (const fault of ["500", "429"]) {
  test(`a failure to read the keys is shown, ${fault}`, async ({ page }) => {
    await signInAsDemo(page);
    await page.goto(`/apps/${APP}/terminal`);
    await expect(page.getByText("No SSH key yet").or(page.getByText(/\d SSH keys?/)).first()).toBeVisible();
    await page.setExtraHTTPHeaders({ "x-sandbox-fault": fault });
    await page.getByRole("region", { name: "Requirements" }).getByRole("button", { name: "Refresh" }).click();
    const shown = fault === "500" ? page.getByRole("alert") : page.getByText(/1 request is waiting|1 call waits/);
    await expect(shown.first()).toBeVisible();
    await expect(page.getByText(`gigalixir ps:ssh -a ${APP}`).first(), "the commands stay").toBeVisible();
  });
}
