// Every page of the console, once: what holds for all pages is tested by walking this list, and the
// screenshots are of it. pages.json is made from the table in src/nav.rs.

import type { Page } from "@playwright/test";

import { expect } from "./fixtures.ts";
import list from "./pages.json" with { type: "json" };
import { signInAsDemo } from "./steps.ts";

/** A page by its name, which is also that of its screenshots, and its address. */
export interface ConsolePage {
  name: string;
  path: string;
}

/** The app of the demo account that is healthy, with something on each of its pages. */
export const APP = "/apps/quiet-amber-heron";

/** The pages for people who have not signed in. */
export const SIGNED_OUT: ConsolePage[] = list.signedOut;

/** The pages for signed-in users. */
export const SIGNED_IN: ConsolePage[] = [
  ...list.signedIn,
  ...list.app.map((segment) => ({
    name: `app-${segment || "overview"}`,
    path: segment ? `${APP}/${segment}` : APP,
  })),
  { name: "no-such-app", path: "/apps/nobody-has-this" },
  { name: "not-found", path: "/nowhere" },
];

/** Waits until a page has what it asks the API for. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator("h1, h3").first()).toBeVisible();
  await expect(page.getByText("Loading", { exact: true })).toHaveCount(0);
}

/** Opens each page in turn, first those that need no session, and calls `look` with it settled. */
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
