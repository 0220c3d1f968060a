// Every page of the console, once: tests of what holds for all pages walk this list, and so do the
// screenshots.

import type { Page } from "@playwright/test";

import { expect } from "./fixtures.ts";
import { signInAsDemo } from "./steps.ts";

/** A page with its name, which its screenshots also use, and its address. */
export interface ConsolePage {
  name: string;
  path: string;
}

/** The demo account's healthy app; each of its pages shows something. */
export const APP = "/apps/quiet-amber-heron";

/** The pages for signed-out users. */
export const SIGNED_OUT: ConsolePage[] = [
  { name: "sign-in", path: "/sign-in" },
  { name: "sign-up", path: "/sign-up" },
  { name: "reset-password", path: "/reset-password" },
];

/** As in `src/paths.rs`; the overview has no segment. */
const APP_PAGES = [
  "logs",
  "metrics",
  "releases",
  "config",
  "databases",
  "jobs",
  "terminal",
  "domains",
  "drains",
  "access",
  "canaries",
  "activity",
  "settings",
];

/** The pages for signed-in users. */
export const SIGNED_IN: ConsolePage[] = [
  { name: "apps", path: "/apps" },
  { name: "new-app", path: "/new-app" },
  { name: "app-overview", path: APP },
  ...APP_PAGES.map((page) => ({ name: `app-${page}`, path: `${APP}/${page}` })),
  { name: "guide", path: "/guide" },
  { name: "versions", path: "/versions" },
  { name: "requests", path: "/requests" },
  { name: "account", path: "/account" },
  { name: "security", path: "/account/security" },
  { name: "ssh-keys", path: "/account/ssh-keys" },
  { name: "billing", path: "/billing" },
  { name: "no-such-app", path: "/apps/nobody-has-this" },
  { name: "not-found", path: "/nowhere" },
];

/** Waits until a page has loaded its data. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator("h1, h3").first()).toBeVisible();
  await expect(page.getByText("Loading", { exact: true })).toHaveCount(0);
}

/** Opens each page in turn, first those that need no session, and calls `look` once it has settled. */
export async function walk(page: Page, look: (place: ConsolePage) => Promise<void>): Promise<void> {
  const open = async (places: ConsolePage[]) => {
    for (const place of places) {
      await page.goto(place.path);
      await settled(page);
      await look(place);
    }
  };
  await open(SIGNED_OUT);
  await signInAsDemo(page);
  await open(SIGNED_IN);
}
