// Measures inside a page, from its first moment on.

import type { Page } from "@playwright/test";

/** How many frames a scroll takes, and how far it goes in each, in CSS pixels. */
const SCROLL_FRAMES = 120;
const SCROLL_STEP = 300;

/** When the first row was painted, in ms since the navigation began and since the last answer of the API before it. */
export interface FirstRow {
  sinceNavigation: number;
  sinceAnswer: number;
}

/** The time from a key to its paint, and how much of it the page was working, in ms. */
export interface Keystroke {
  whole: number;
  work: number;
}

/** What a page notes while it runs. */
interface Notes {
  /** When the first row was painted, in ms since the navigation began. */
  firstRow: number | null;
  longTasks: number[];
  keystrokes: Keystroke[];
}

declare global {
  interface Window {
    notes: Notes;
  }
}

/** Makes every page that loads from now on take notes. */
export async function takeNotes(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const notes: Notes = { firstRow: null, longTasks: [], keystrokes: [] };
    window.notes = notes;
    // A task that is posted in the next frame runs after that frame has gone to the compositor.
    const soon = (then: () => void) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = then;
      channel.port2.postMessage(null);
    };
    const afterPaint = (then: (at: number, began: number) => void) =>
      requestAnimationFrame(() => {
        const began = performance.now();
        soon(() => then(performance.now(), began));
      });
    const rows = new MutationObserver(() => {
      if (document.querySelector("main :is(tbody tr, .virtual [role=row], .virtual [role=listitem])")) {
        rows.disconnect();
        afterPaint((at) => (notes.firstRow = at));
      }
    });
    rows.observe(document, { childList: true, subtree: true });
    new PerformanceObserver((list) => {
      notes.longTasks.push(...list.getEntries().map((entry) => entry.duration));
    }).observe({ type: "longtask", buffered: true });
    addEventListener(
      "input",
      (event) => {
        const began = performance.now();
        let handled = Infinity;
        // A separate task, because the page continues in microtasks.
        soon(() => (handled = performance.now()));
        afterPaint((at, frame) => {
          const work = handled < frame ? handled - began + at - frame : at - began;
          notes.keystrokes.push({ whole: at - event.timeStamp, work });
        });
      },
      { capture: true },
    );
  });
}

/** Waits for the first row to be painted. */
export async function firstRow(page: Page): Promise<FirstRow> {
  const found = await page.waitForFunction(
    () => {
      const { firstRow } = window.notes;
      if (firstRow === null) return null;
      // The browser lists an answer some time after the page has read it.
      const calls = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
      const answers = calls.filter(({ name }) => new URL(name).pathname.startsWith("/api/"));
      const before = answers.map(({ responseEnd }) => responseEnd).filter((end) => end <= firstRow);
      return before.length === 0 ? null : { sinceNavigation: firstRow, sinceAnswer: firstRow - Math.max(...before) };
    },
    null,
    { timeout: 120_000 },
  );
  return (await found.jsonValue()) as FirstRow;
}

/** Types a text; each key waits until the previous one has been painted. */
export async function keystrokes(page: Page, text: string): Promise<Keystroke[]> {
  await page.evaluate(() => (window.notes.keystrokes = []));
  for (const [at, key] of [...text].entries()) {
    await page.keyboard.press(key);
    await page.waitForFunction((count) => window.notes.keystrokes.length > count, at, { timeout: 60_000 });
  }
  return page.evaluate(() => window.notes.keystrokes);
}

/** Scrolls down the page, and returns how long each frame took, in ms. */
export async function scroll(page: Page): Promise<number[]> {
  return page.evaluate(
    ([frames, step]) =>
      new Promise<number[]>((done) => {
        const spans: number[] = [];
        let last: number | null = null;
        const frame = (now: number) => {
          if (last !== null) spans.push(now - last);
          last = now;
          if (spans.length === frames) return done(spans);
          scrollBy(0, step);
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
    [SCROLL_FRAMES, SCROLL_STEP] as const,
  );
}

/** How long each task of over 50 ms took since the page was loaded, in ms. */
export async function longTasks(page: Page): Promise<number[]> {
  return page.evaluate(() => window.notes.longTasks);
}

/** The page's number of elements, and its JavaScript heap in MB after a collection. */
export async function held(page: Page): Promise<{ elements: number; heap: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  await session.send("Performance.enable");
  const { metrics } = await session.send("Performance.getMetrics");
  await session.detach();
  const bytes = metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? 0;
  const elements = await page.evaluate(() => document.querySelectorAll("*").length);
  return { elements, heap: bytes / 1_000_000 };
}
