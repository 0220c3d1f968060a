// What a product's page records while it runs: when something was painted, and its long tasks.

import { readFileSync } from "node:fs";
import { setTimeout as after } from "node:timers/promises";

import type { Browser, Page } from "@playwright/test";

import type { Product } from "./products.ts";

const MINUTE = 60_000;

/** What a test can wait for inside a page. */
type What = keyof Product["inside"];

interface Watcher {
  longTasks: number[];
  /** When something was first painted, in ms since the navigation or the event it is counted from. */
  painted: Partial<Record<What, number>>;
  /** Records when it is painted, counted from the next event of a kind. */
  countFrom: (event: string, what: What, text: string) => void;
}

declare global {
  interface Window {
    watcher: Watcher;
  }
}

/** Makes every page that loads from now on watch itself. */
export async function watch(page: Page, { inside }: Product): Promise<void> {
  const looks = Object.entries(inside).map(([what, look]) => `${what}: ${String(look)}`);
  await page.addInitScript(`(${String(install)})({ ${looks.join(", ")} })`);
}

function install(looks: Product["inside"]): void {
  const watcher: Watcher = {
    longTasks: [],
    painted: {},
    countFrom: (event, what, text) => {
      addEventListener(event, ({ timeStamp }) => note(what, text, timeStamp), { capture: true, once: true });
    },
  };
  // Checks before each frame, and waits for the task after it: by then the frame has been painted. A
  // product's list may be in a shadow tree, which cannot be observed from outside.
  const note = (what: What, text: string, from: number) => {
    const look = () => {
      if (!looks[what](text)) return requestAnimationFrame(look);
      const channel = new MessageChannel();
      channel.port1.onmessage = () => (watcher.painted[what] = performance.now() - from);
      return channel.port2.postMessage(null);
    };
    requestAnimationFrame(look);
  };
  window.watcher = watcher;
  note("listed", "", 0);
  new PerformanceObserver((list) => {
    watcher.longTasks.push(...list.getEntries().map((entry) => entry.duration));
  }).observe({ type: "longtask", buffered: true });
}

/** Waits up to a minute for it to be painted, and returns the ms, or infinity if it was not. */
export async function painted(page: Page, what: What): Promise<number> {
  const waited = page.waitForFunction((what) => window.watcher.painted[what] ?? null, what, { timeout: 0 });
  // Playwright's own timeout does not end a wait inside a frozen page.
  const late = after(MINUTE, Number.POSITIVE_INFINITY, { ref: false });
  const seen = waited.then(async (found) => (await found.jsonValue()) as number);
  // It fails when the page closes; no one waits for it by then.
  seen.catch(() => {});
  return Promise.race([seen, late]);
}

/** Counts from the next event of a kind. */
export async function countFrom(page: Page, event: string, what: What, text: string): Promise<void> {
  await page.evaluate(([event, what, text]) => window.watcher.countFrom(event, what, text), [event, what, text] as const);
}

/** How long the longest task of over 50 ms took since the last call, in ms; 0 if there was none. */
export async function takeLongestTask(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, ...window.watcher.longTasks.splice(0)));
}

/** The private memory of the browser's processes for pages and workers, in MB. */
export async function memory(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const kilobytes = processInfo
    .filter(({ type }) => type === "renderer")
    .flatMap(({ id }) => [...readFileSync(`/proc/${id}/smaps_rollup`, "utf8").matchAll(/^Private_\w+:\s+(\d+) kB$/gmu)])
    .map(([, size]) => Number(size));
  return (kilobytes.reduce((sum, size) => sum + size, 0) * 1024) / 1_000_000;
}
