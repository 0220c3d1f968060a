// Commands that run once: the input, the run and its result.

import type { Page } from "@playwright/test";

import { advanceClock, expect, test } from "../support/fixtures.ts";
import { dialog, signInAsDemo } from "../support/steps.ts";

const JOBS = "/apps/quiet-amber-heron/jobs";

async function openJobs(page: Page): Promise<void> {
  await signInAsDemo(page);
  await page.goto(JOBS);
  await expect(page.getByText("No jobs")).toBeVisible();
}

test("a job is followed from start to end, with its output", async ({ page, server }) => {
  await openJobs(page);
  await page.getByRole("button", { name: "Migrate", exact: true }).click();
  await expect(page.getByLabel("Command", { exact: true })).toHaveValue("mix ecto.migrate");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  const job = page.locator("li.job");
  await expect(job).toContainText("mix ecto.migrate");
  const output = job.getByRole("log", { name: "Log lines" });
  await expect(output).toContainText("quiet-amber-heron-run-");
  await advanceClock(server.apiUrl, 60);
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(job).toContainText("Completed");
  await expect(page.getByRole("group", { name: "Previously run in this tab" })).toContainText("mix ecto.migrate");
  await expect(output).toContainText(/Running 20260301093000|already up/);
  // Lines of other containers are left out.
  await expect(output).not.toContainText("web.1");
  await job.getByRole("button", { name: /^Hide the output of / }).click();
  await expect(output).toHaveCount(0);
  await job.getByRole("button", { name: /^Show the output of / }).click();
  await expect(output).toContainText(/Running 20260301093000|already up/);
  await job.getByRole("link", { name: "Open on the Logs page" }).click();
  await expect(page).toHaveURL(/source=quiet-amber-heron-run-/);
  await expect(page.getByText(/Running 20260301093000|already up/).first()).toBeVisible();
});

test("a job that hangs shows the time left, and can be stopped", async ({ page }) => {
  await openJobs(page);
  await page.getByLabel("Command", { exact: true }).fill("sleep 200");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  const job = page.locator("li.job");
  await expect(job).toContainText("left of 5 min");
  await job.getByRole("button", { name: /^End / }).click();
  await expect(dialog(page)).toContainText("gigalixir ps:kill");
  await dialog(page).getByRole("button", { name: "End job" }).click();
  await expect(job).toContainText("Failed");
});

test("a command that needs a shell says how to get one; secrets are not remembered", async ({ page }) => {
  await openJobs(page);
  const command = page.getByLabel("Command", { exact: true });
  await command.fill("echo $PASSWORD | wc");
  await expect(page.getByText("This command needs a shell")).toBeVisible();
  await page.getByRole("button", { name: "Run in a shell" }).click();
  await expect(command).toHaveValue("sh -c 'echo $PASSWORD | wc'");
  await expect(page.getByText("This command needs a shell")).toHaveCount(0);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(page.getByText("Job started")).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain("$PASSWORD");
  await command.fill("echo 'open");
  await expect(page.getByText("The quote ' is never closed.")).toBeVisible();
});

test("a refused job says why", async ({ page }) => {
  await openJobs(page);
  await page.getByLabel("Command", { exact: true }).fill("ls");
  await page.setExtraHTTPHeaders({ "x-sandbox-fault": "500" });
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(page.getByRole("region", { name: "Run a command" }).getByRole("alert")).toBeVisible();
});
