// The path of the getting-started guide, from sign-up to sign-out, once against the native server on
// another origin and once against the sandbox inside the browser.

import { advanceClock, expect, test } from "../support/fixtures.ts";
import { holdSandbox } from "../support/own-sandbox.ts";
import {
  ROLLOUT,
  createApp,
  applyConfig,
  dialog,
  health,
  openTab,
  signIn,
  signInAsDemo,
  signUp,
  stageVariable,
} from "../support/steps.ts";

const EMAIL = "ada@example.com";
const PASSWORD = "correct horse battery";
const KEY =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ4nX0q6b2v3kYd8QmPzW5rT1uLsHfGcE7aKoNxVyBiM ada@laptop";

for (const api of ["native", "browser"] as const) {
  test.describe(`against the ${api === "native" ? "native server" : "sandbox in the browser"}`, () => {
    test.use({ api });
    test.setTimeout(120_000);

    test("the guide's path ends with a healthy, migrated app", async ({ page, server }) => {
      /** Lets a build or a rollout happen. */
      let pass = (seconds: number) => advanceClock(server.apiUrl, seconds);
      if (api === "browser") {
        const sandbox = await holdSandbox(page);
        pass = (seconds) => sandbox.advanceClock(seconds);
      }

      await test.step("sign up, confirm, sign in", async () => {
        await signUp(page, EMAIL, PASSWORD);
        await page.getByRole("button", { name: "Sign out" }).click();
        await signIn(page, EMAIL, PASSWORD);
        await expect(page.getByRole("heading", { name: "You have no apps yet" })).toBeVisible();
      });

      await test.step("create an app in a chosen cloud and region", async () => {
        await createApp(page, "guide-app");
        await expect(page.getByRole("heading", { name: "guide-app" })).toBeVisible();
        await expect(page.getByText("gcp · europe-west1")).toBeVisible();
        await expect(page.getByText("https://git.gigalixir.com/guide-app.git/")).toBeVisible();
      });

      await test.step("a second app is refused on the free tier, with the reason", async () => {
        await createApp(page, "second-app");
        await expect(page.getByRole("alert")).toContainText(/free tier/i);
        await page.getByRole("link", { name: "Cancel" }).click();
        await page.getByRole("link", { name: "guide-app" }).click();
      });

      await test.step("set and unset a config variable", async () => {
        await openTab(page, "Config");
        await stageVariable(page, "GREETING", "made-up value");
        const staged = page.getByRole("region", { name: "Staged changes" });
        const apply = async () => {
          await applyConfig(page);
          await expect(staged).toHaveCount(0);
        };
        await apply();
        const row = page.getByRole("row", { name: /GREETING/ });
        await expect(row).toBeVisible();
        await expect(page.getByText("made-up value")).toHaveCount(0);
        await row.getByRole("button", { name: "Remove GREETING" }).click();
        await apply();
        await expect(row).toHaveCount(0);
      });

      await test.step("create the free database and find DATABASE_URL in config", async () => {
        await openTab(page, "Databases");
        await page.getByRole("button", { name: "Create free database" }).click();
        await dialog(page).getByRole("button", { name: "Create" }).click();
        await expect(page.getByText("Available")).toBeVisible();
        await openTab(page, "Config");
        await expect(page.getByRole("row", { name: /DATABASE_URL/ })).toBeVisible();
      });

      await test.step("push, and watch the release become healthy", async () => {
        await openTab(page, "Overview");
        await page.getByRole("button", { name: "Simulate push" }).click();
        await expect(page.getByText("Build in progress", { exact: true })).toBeVisible();
        await pass(13);
        await expect(health(page)).toContainText("Rolling out", ROLLOUT);
        await pass(30);
        await expect(health(page)).toContainText("Healthy", ROLLOUT);
        await expect(page.getByRole("row", { name: /guide-app-.*Healthy/ })).toBeVisible();
      });

      await test.step("run migrations and read their output in the logs", async () => {
        await openTab(page, "Jobs");
        await page.getByRole("button", { name: "Migrate", exact: true }).click();
        await page.getByRole("button", { name: "Run", exact: true }).click();
        await expect(page.getByText("Job started")).toBeVisible();
        await openTab(page, "Logs");
        await pass(15);
        const log = page.getByRole("log", { name: "Log lines" });
        await expect(log).toContainText(/migrat/i, ROLLOUT);
        await expect(log).toContainText("Build succeeded", { ignoreCase: true });
      });

      await test.step("add an SSH key", async () => {
        await page.getByRole("link", { name: "SSH keys" }).click();
        await page.getByLabel("Public key").fill(KEY);
        await page.getByRole("button", { name: "Add key" }).click();
        await expect(page.getByRole("row", { name: /ada@laptop/ })).toBeVisible();
      });

      await test.step("scaling is refused on the free tier, with the reason", async () => {
        await page.getByRole("link", { name: "Apps", exact: true }).first().click();
        await page.getByRole("link", { name: "guide-app" }).click();
        await page.getByRole("button", { name: "Scale" }).click();
        await dialog(page).getByLabel("Replicas").fill("2");
        await dialog(page).getByRole("button", { name: "Scale" }).click();
        await expect(dialog(page)).toContainText(/free tier/i);
        await page.keyboard.press("Escape");
        await expect(dialog(page)).toHaveCount(0);
      });

      await test.step("restart", async () => {
        await page.getByRole("button", { name: "Restart" }).click();
        await dialog(page).getByRole("button", { name: "Restart" }).click();
        await expect(health(page)).toContainText("Rolling out", ROLLOUT);
        await pass(60);
        await expect(health(page)).toContainText("Healthy", ROLLOUT);
      });

      await test.step("push again, and roll back", async () => {
        await page.getByRole("button", { name: "Simulate push" }).click();
        await expect(page.getByText("Build in progress", { exact: true })).toBeVisible();
        await pass(13);
        await expect(health(page)).toContainText("v5", ROLLOUT);
        await pass(60);
        await expect(health(page)).toContainText("Healthy", ROLLOUT);
        await openTab(page, "Releases");
        await page.getByRole("button", { name: "Roll back to v4" }).first().click();
        await dialog(page).getByRole("button", { name: "Roll back" }).click();
        const release = page.getByRole("row", { name: /Rolled back to v4/ });
        await expect(release).toContainText("v6");
        await openTab(page, "Overview");
        await pass(60);
        await expect(health(page)).toContainText("v6", ROLLOUT);
        await expect(health(page)).toContainText("Healthy", ROLLOUT);
      });

      await test.step("sign out", async () => {
        await page.getByRole("button", { name: "Sign out" }).click();
        await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
        await page.goBack();
        await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
      });
    });
  });
}

test("every page of the app follows a push, and does not mistake a failed push for success", async ({ page, server }) => {
  await signInAsDemo(page);
  await page.getByRole("link", { name: "quiet-amber-heron" }).click();
  await page.getByRole("button", { name: "Simulate push" }).click();
  await expect(page.getByText("Build in progress", { exact: true })).toBeVisible();
  await openTab(page, "Config");
  await advanceClock(server.apiUrl, 13);
  await openTab(page, "Overview");
  await expect(page.getByText("No new release after 10 minutes")).toHaveCount(0);
  await advanceClock(server.apiUrl, 60);
  await expect(health(page)).toContainText("v8", ROLLOUT);
});

test("leaving or pausing the logs ends their stream", async ({ page }) => {
  await signInAsDemo(page);
  // The app is stopped, so no line arrives that could end a stream.
  await page.getByRole("link", { name: "idle-copper-newt" }).click();
  const open = new Set<string>();
  let opened = 0;
  page.on("request", (request) => {
    if (request.url().includes("/logs")) {
      opened += 1;
      open.add(`${opened}`);
    }
  });
  page.on("requestfailed", (request) => {
    if (request.url().includes("/logs")) open.delete([...open][0] ?? "");
  });
  // More often than the browser's limit of connections per host.
  for (let visit = 0; visit < 8; visit += 1) {
    await openTab(page, "Logs");
    await expect(page.getByText("Following")).toBeVisible();
    await openTab(page, "Jobs");
  }
  await expect.poll(() => open.size).toBe(0);
  expect(opened).toBe(8);
});
