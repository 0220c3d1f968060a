// Every page of the console, once: tests of what holds for all pages walk this list, and so do the
// screenshots. pages.json is made from the table in src/nav.rs.

import type { Page } from "@playwright/test";

import { expect } from "./fixtures.ts";
import list from "./pages.json" with { type: "json" };
import { signInAsDemo } from "./steps.ts";

/** A page with its name, which its screenshots also use, and its address. */
export interface ConsolePage {
  name: string;
  path: string;
}

/** The demo account's healthy app; each of its pages shows something. */
export const APP = "/apps/quiet-amber-heron";

/** The pages for signed-out users. */
export const SIGNED_OUT: ConsolePage[] = list.signedOut;

/** The pages for signed-in users. */
export const SIGNED_IN: ConsolePage[] = [
  ...list.signedIn,
  ...list.app.map(({ segment }) => ({
    name: `app-${segment || "overview"}`,
    path: segment ? `${APP}/${segment}` : APP,
  })),
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
