// What a product's page notes while it runs: when something was painted, and what kept it busy.

import { errors, type Page } from "@playwright/test";

import type { Product } from "./products.ts";

const MINUTE = 60_000;

/** What can be waited for inside a page. */
type What = keyof Product["inside"];

interface Watcher {
  longTasks: number[];
  /** When something was painted first, in ms since the navigation or since what it was counted from. */
  painted: Partial<Record<What, number>>;
  /** Notes when it is painted, counted from the next event of a kind. */
  countFrom: (event: string, what: What, text: string) => void;
}

declare global {
  interface Window {
    watcher: Watcher;
  }
}

/** Makes every page that is loaded from now on watch itself; `path` is that of an operation in the list. */
export async function watch(page: Page, { inside }: Product, path: string): Promise<void> {
  const looks = Object.entries(inside).map(([what, look]) => `${what}: ${String(look)}`);
  await page.addInitScript(`(${String(install)})({ ${looks.join(", ")} }, ${JSON.stringify(path)})`);
}

function install(looks: Product["inside"], path: string): void {
  const watcher: Watcher = {
    longTasks: [],
    painted: {},
    countFrom: (event, what, text) => {
      addEventListener(event, ({ timeStamp }) => note(what, text, timeStamp), { capture: true, once: true });
    },
  };
  // Looks before each frame, and waits for the task after it: then the frame has been painted. A
  // product's list may be in a shadow tree, which nothing outside of it can observe.
  const note = (what: What, text: string, from: number) => {
    const look = () => {
      if (!looks[what]?.(text)) return requestAnimationFrame(look);
      const channel = new MessageChannel();
      channel.port1.onmessage = () => (watcher.painted[what] = performance.now() - from);
      return channel.port2.postMessage(null);
    };
    requestAnimationFrame(look);
  };
  window.watcher = watcher;
  note("listed", path, 0);
  new PerformanceObserver((list) => {
    watcher.longTasks.push(...list.getEntries().map((entry) => entry.duration));
  }).observe({ type: "longtask", buffered: true });
}

/** Waits a minute for it to be painted; the answer is in ms, and infinite if it was not. */
export async function painted(page: Page, what: What): Promise<number> {
  try {
    const found = await page.waitForFunction((what) => window.watcher.painted[what] ?? null, what, { timeout: MINUTE });
    return (await found.jsonValue()) as number;
  } catch (error) {
    if (error instanceof errors.TimeoutError) return Number.POSITIVE_INFINITY;
    throw error;
  }
}

/** Counts from the next event of a kind. */
export async function countFrom(page: Page, event: string, what: What, text: string): Promise<void> {
  await page.evaluate(([event, what, text]) => window.watcher.countFrom(event, what, text), [event, what, text] as const);
}

/** How long the longest task of over 50 ms took since the last call, in ms; 0 if there was none. */
export async function takeLongestTask(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, ...window.watcher.longTasks.splice(0)));
}

/** All that the page holds, with WebAssembly and workers, in MB. */
export async function memory(page: Page): Promise<number> {
  const bytes = await page.evaluate(async () => {
    const measuring = performance as Performance & { measureUserAgentSpecificMemory: () => Promise<{ bytes: number }> };
    return (await measuring.measureUserAgentSpecificMemory()).bytes;
  });
  return bytes / 1_000_000;
}
