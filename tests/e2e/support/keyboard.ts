// A page operated only by keyboard: which elements the focus can reach, in which order, and a helper
// that presses nothing but keys.

import type { Locator, Page } from "@playwright/test";

import { expect } from "./fixtures.ts";
import { settled } from "./pages.ts";

/** A place where the focus stopped. */
export interface Stop {
  /** Its role and name, for failure messages. */
  what: string;
  /** Its accessible name. */
  name: string;
  /** Whether it or something around it shows the focus. */
  visible: boolean;
  /** Its position among all focusable elements of the document; none for an element that only scrolls. */
  at: number | null;
}

interface Walk {
  expected: Element[];
  stops: Stop[];
}

declare global {
  interface Window {
    walk: Walk;
  }
}

/** The keys that lead to the next and to the previous stop. */
export type Direction = "Tab" | "Shift+Tab";

/** All elements that the keyboard must reach in the current page, in document order. */
export async function listen(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const shown = (element: Element) =>
      element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
    const nameOf = (element: Element): string => {
      const texts = (ids: string) =>
        ids.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
      const labels = [...((element as HTMLInputElement).labels ?? [])].map((label) => label.textContent ?? "");
      const own = element instanceof HTMLInputElement || element instanceof HTMLSelectElement ? "" : element.textContent;
      return [
        texts(element.getAttribute("aria-labelledby") ?? ""),
        element.getAttribute("aria-label") ?? "",
        labels.join(" "),
        own ?? "",
        element.getAttribute("title") ?? "",
      ].map((text) => text.replace(/\s+/g, " ").trim()).find((text) => text !== "") ?? "";
    };
    const describe = (element: Element) =>
      `${element.getAttribute("role") ?? element.tagName.toLowerCase()} "${nameOf(element).slice(0, 60)}"`;
    // Of radio buttons with the same name, Tab reaches only the selected one, or the first.
    const stands = (element: Element) => {
      if (!(element instanceof HTMLInputElement) || element.type !== "radio") return true;
      const group = [...document.querySelectorAll<HTMLInputElement>("input[type=radio]")].filter(
        (other) => other.name === element.name && other.form === element.form,
      );
      return element === (group.find((radio) => radio.checked) ?? group[0]);
    };
    const outlined = (element: Element) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle !== "none" && parseFloat(outlineWidth) > 0;
    };
    // The focus of a radio button or a checkbox shows on the element around it.
    const visible = (element: Element) =>
      getComputedStyle(element).boxShadow !== "none" ||
      [element, element.parentElement, element.parentElement?.parentElement].some((at) => at && outlined(at));
    const expected = [
      ...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]"),
    ].filter(
      (element) =>
        (element as HTMLElement).tabIndex >= 0 &&
        !element.matches(":disabled, [type=hidden], [inert] *") &&
        shown(element) &&
        stands(element),
    );
    window.walk = { expected, stops: [] };
    document.addEventListener("focusin", ({ target }) => {
      const element = target as Element;
      const at = window.walk.expected.indexOf(element);
      window.walk.stops.push({
        what: describe(element),
        name: nameOf(element),
        visible: visible(element),
        at: at < 0 ? null : at,
      });
    });
    return expected.map(describe);
  });
}

/** Presses a key until the focus has gone round the page, and returns the stops. */
export async function goAround(page: Page, direction: Direction): Promise<Stop[]> {
  const expected = await page.evaluate(() => {
    window.walk.stops = [];
    return window.walk.expected.length;
  });
  // It cannot have been everywhere sooner, so that nobody has to look.
  for (let press = 0; press < expected; press += 1) await page.keyboard.press(direction);
  for (let press = 0; press < expected + 20; press += 1) {
    const stops = await firstRound(page);
    if (stops) return stops;
    await page.keyboard.press(direction);
  }
  return page.evaluate(() => window.walk.stops);
}

/** The stops before the first that has been one already, if there is such a one. */
function firstRound(page: Page): Promise<Stop[] | undefined> {
  return page.evaluate(() => {
    const seen = window.walk.stops.map(({ what, at }) => `${at} ${what}`);
    const again = seen.findIndex((stop, index) => seen.indexOf(stop) < index);
    return again < 0 ? undefined : window.walk.stops.slice(0, again);
  });
}

/** The same round, starting at the first stop in the document. */
export function fromTheTop(stops: Stop[], direction: Direction): Stop[] {
  const known = stops.filter(({ at }) => at !== null);
  const ordered = direction === "Tab" ? known : [...known].reverse();
  const first = ordered.findIndex(({ at }) => at === Math.min(...ordered.map((stop) => stop.at ?? 0)));
  return [...ordered.slice(first), ...ordered.slice(0, first)];
}

/** More presses than the number of stops on any page. */
const FAR = 200;

/** An element that is already visible is checked without waiting. */
const SOON = { timeout: 5_000 };

/** Operates a page by keyboard only. */
export class Keys {
  readonly page: Page;

  /** Uses the keyboard of a page. */
  constructor(page: Page) {
    this.page = page;
  }

  /** Opens a page and skips to its content. */
  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await settled(this.page);
    const skip = this.page.getByRole("link", { name: "Skip to content" });
    // If the focus starts inside the content, it leaves at the end and enters again.
    await this.to(skip);
    await this.press("Enter");
    await expect(this.page.getByRole("main")).toBeFocused();
  }

  /** Presses a key. */
  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  /** Moves to an existing element, which must then show the focus. */
  async to(place: Locator, direction: Direction = "Tab"): Promise<void> {
    await expect(place).toBeVisible();
    for (let press = 0; press < FAR; press += 1) {
      const isHere = await place.evaluate((element) => element === document.activeElement, undefined, SOON);
      if (isHere) return;
      await this.press(direction);
    }
    await expect(place, `${FAR} presses of ${direction} lead there`).toBeFocused();
  }

  /** Moves to a button or a link and presses it. */
  async act(place: Locator, direction: Direction = "Tab"): Promise<void> {
    await this.to(place, direction);
    await this.press("Enter");
  }

  /** Moves to a field and replaces its text. */
  async type(field: Locator, text: string, direction: Direction = "Tab"): Promise<void> {
    await this.to(field, direction);
    await this.press("ControlOrMeta+a");
    await this.page.keyboard.type(text);
    await expect(field).toHaveValue(text);
  }

  /** Keyboard users keep their place: the focus has not gone back to the top of the page. */
  async kept(): Promise<void> {
    const at = () => this.page.evaluate(() => document.activeElement?.tagName ?? "nowhere");
    await expect.poll(at, "where the focus is").not.toBe("BODY");
  }
}
