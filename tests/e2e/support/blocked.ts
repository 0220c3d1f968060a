// A browser whose settings forbid sites to store anything.

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium, test, type BrowserContext } from "@playwright/test";

import { chromium as wholeBrowser } from "./environment.ts";

/** Runs `use` in such a browser; the setting applies to workers as well as pages. */
export async function withStorageBlocked(baseURL: string, use: (context: BrowserContext) => Promise<void>): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), "backoffice-blocked-"));
  await mkdir(join(profile, "Default"));
  const settings = { profile: { default_content_setting_values: { cookies: 2 } } };
  await writeFile(join(profile, "Default", "Preferences"), JSON.stringify(settings));
  const context = await chromium.launchPersistentContext(profile, {
    ...test.info().project.use.launchOptions,
    executablePath: wholeBrowser(),
    baseURL,
  });
  try {
    await use(context);
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
}
