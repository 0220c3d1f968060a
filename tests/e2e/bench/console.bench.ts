// The pages that grow with an account: many apps, many variables, many releases.

import type { Page } from "@playwright/test";

import { required } from "../support/environment.ts";
import { test } from "../support/fixtures.ts";
import { APP, settled } from "../support/pages.ts";
import { signInAsDemo } from "../support/steps.ts";
import { firstRow, held, keystrokes, longTasks, scroll, takeNotes } from "./probe.ts";
import { machine, median, quantile, Results, writeSection } from "./results.ts";

const WORLD = { apps: 10_000, configs: 2_000, releases: 500 };
const PAGES = [
  { name: "Apps", path: "/apps", filter: "amber" },
  { name: "Config", path: `${APP}/config`, filter: "v01" },
  { name: "Releases", path: `${APP}/releases`, filter: "v1" },
];

test.use({
  viewport: { width: 1280, height: 900 },
  serverFlags: [
    ...Object.entries(WORLD).flatMap(([what, count]) => [`--seed-${what}`, String(count)]),
    ...["--seed", "7", "--rate-limit", "100000", "--monthly-cap", "1000000"],
  ],
});

test("console", async ({ page, browser }) => {
  const runs = Number(required("BENCH_RUNS"));
  const results = new Results();
  await takeNotes(page);
  await signInAsDemo(page);
  for (let run = 0; run <= runs; run += 1) {
    // The first run fills the browser's caches and is discarded.
    const into = run === 0 ? new Results() : results;
    for (const { name, path, filter } of PAGES) {
      await page.goto(path);
      await measure(page, name, filter, into);
    }
  }
  const { apps, configs, releases } = WORLD;
  const count = (number: number) => number.toLocaleString("en-US");
  const world = `${count(apps)} apps, one of them with ${count(configs)} variables and ${count(releases)} releases,`;
  const text = `Made by \`cargo xtask bench console --runs ${runs}\`, with the release build and a sandbox of ${world} on the same machine.

Machine: ${machine(browser.version())}.

Each run reloads each page, with nothing cached in memory; one warm-up run is discarded.
"First rows" is the time until rows are painted, from the navigation, or from the last answer of the API before them: a reloaded page has to start first.
A keystroke lasts from the browser's event to the task after the frame that shows its effect, so it always includes the wait for the next frame; its work is that time without the wait.
Long tasks are tasks of over 50 ms between the navigation and the end of all measurements on the page.
The heap is JavaScript's, after a garbage collection.

${results.table()}`;
  writeSection(required("BENCH_PAGE"), "The console under load", text);
  console.log(results.table());
});

async function type(page: Page, text: string, where: string, note: (what: string, unit: string, value: number) => void): Promise<void> {
  const keys = await keystrokes(page, text);
  const whole = keys.map((key) => key.whole);
  const work = keys.map((key) => key.work);
  note(`keystroke ${where}, median`, "ms", median(whole));
  note(`keystroke ${where}, slowest`, "ms", Math.max(...whole));
  note(`work for a keystroke ${where}, median`, "ms", median(work));
  note(`work for a keystroke ${where}, slowest`, "ms", Math.max(...work));
}

async function measure(page: Page, name: string, filter: string, results: Results): Promise<void> {
  const note = (what: string, unit: string, value: number) => results.add(name, what, unit, value);
  const first = await firstRow(page);
  note("first rows", "ms", first.sinceNavigation);
  note("first rows after their answer", "ms", first.sinceAnswer);
  await settled(page);
  const { elements, heap } = await held(page);
  note("elements", "", elements);
  note("heap", "MB", heap);
  const frames = await scroll(page);
  note("frame while scrolling, median", "ms", median(frames));
  note("frame while scrolling, 95 of 100", "ms", quantile(frames, 0.95));
  const search = page.getByRole("main").getByRole("searchbox");
  if ((await search.count()) > 0) {
    await search.first().focus();
    await type(page, filter, "in the filter", note);
  }
  if (name === "Config") {
    await page.getByRole("button", { name: "Raw text" }).click();
    await page.getByRole("button", { name: "Show the raw text" }).click();
    const text = page.getByLabel("Raw text of the config");
    await text.evaluate((area: HTMLTextAreaElement) => {
      area.focus();
      area.setSelectionRange(area.value.length / 2, area.value.length / 2);
    });
    await type(page, "more words", "in the raw text", note);
  }
  const tasks = await longTasks(page);
  note("long tasks", "", tasks.length);
  note("longest task", "ms", Math.max(0, ...tasks));
}
