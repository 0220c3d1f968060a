// The generator of the files that set versions for a build.

import { readFile } from "node:fs/promises";

import { expect, test } from "../support/fixtures.ts";
import { requests } from "../support/sandbox.ts";
import { signInAsDemo } from "../support/steps.ts";

test("choices produce files, an address, and a download, without any request", async ({ page, server }) => {
  await signInAsDemo(page);
  const before = await requests(server.apiUrl, {});
  await page.getByRole("link", { name: "Versions" }).click();
  await page.getByLabel("Elixir", { exact: true }).fill("1.14.5");
  await page.getByLabel("Erlang/OTP").fill("25.3.2");
  await page.getByRole("button", { name: "1.6", exact: true }).click();
  await page.getByLabel("Rebuild everything on every deploy").check();
  const elixir = page.getByRole("region", { name: "Text of elixir_buildpack.config" });
  await expect(elixir).toHaveText("elixir_version=1.14.5\nerlang_version=25.3.2\nalways_rebuild=true\n");
  await expect(page.getByText("Elixir 1.14.5 runs on OTP 25.")).toBeVisible();
  await expect(page.getByRole("region", { name: "Text of assets/package.json" })).toContainText("mix assets.deploy");

  const downloading = page.waitForEvent("download");
  await page
    .getByRole("region", { name: "elixir_buildpack.config", exact: true })
    .getByRole("button", { name: "Download" })
    .click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("elixir_buildpack.config");
  expect(await readFile(await download.path(), "utf8")).toContain("elixir_version=1.14.5");

  await page.reload();
  await expect(elixir).toContainText("erlang_version=25.3.2");
  await expect(page.getByLabel("Rebuild everything on every deploy")).toBeChecked();
  expect(await requests(server.apiUrl, {})).toBe(before);
});

test("incompatible versions are refused with the reason", async ({ page }) => {
  await signInAsDemo(page);
  await page.goto("/versions?elixir=1.14.3&erlang=26.1&phoenix=1.8");
  const status = page.getByRole("status");
  await expect(status.getByText(/Elixir 1.14.3 runs on OTP 23 to 25, not on 26/)).toBeVisible();
  await expect(status.getByText("Phoenix 1.8 needs Elixir 1.15 or newer.")).toBeVisible();
  await page.getByLabel("Elixir", { exact: true }).fill("1.14");
  await expect(page.getByText("Enter all three parts, such as 1.17.3.")).toBeVisible();
  await page.getByRole("button", { name: "None", exact: true }).click();
  await expect(page.getByRole("region", { name: "phoenix_static_buildpack.config" })).toHaveCount(0);
});

test("a command of a hook is quoted as the shell reads it", async ({ page }) => {
  await signInAsDemo(page);
  await page.goto("/versions");
  await page.getByLabel("Before compiling").fill("echo \"it's $HOME\"");
  await expect(page.getByRole("region", { name: "Text of elixir_buildpack.config" })).toContainText(
    `hook_pre_compile='echo "it'\\''s $HOME"'`,
  );
});
