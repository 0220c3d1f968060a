// The standards for every page: axe finds nothing, and nothing is wider than the screen.

import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** All rules of axe. */
export const everyRule = (page: Page): AxeBuilder => new AxeBuilder({ page });

/** The rules of WCAG 2.2 up to level AA. */
export const wcag = (page: Page): AxeBuilder =>
  everyRule(page).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]);

/** Those of them that look at colours, all that differs from one theme to the other. */
const COLOURS = ["color-contrast", "link-in-text-block"];

/** The same as below in the light theme, then for what differs in the dark one. */
export async function expectNothingInEitherTheme(page: Page, what: string): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  await expectNothingForAxe(page, `${what}, light`);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectNothingForAxe(page, `${what}, dark`, everyRule(page).withRules(COLOURS));
}

/** Fails with every broken rule and the elements that break it. */
export async function expectNothingForAxe(page: Page, what: string, axe = wcag(page)): Promise<void> {
  const { violations } = await axe.analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
  expect(found, what).toEqual([]);
}

/** How much wider than the screen the page is, in CSS pixels. */
export const surplus = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
