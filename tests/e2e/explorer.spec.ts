// The playground's view of HTTP APIs, with large descriptions by others: requests are filled in by
// their forms and arrive as they were meant.
//
// What the view calls its parts, which is all that these tests know of it:
//
// - the search box "Search operations" narrows the list down to what it finds
// - the region "Operations" has a link for each operation, "METHOD /path summary", as far as it is in
//   view, and says how many there are: "706 operations"
// - a field is labelled with the name of its parameter or property, never with its title; one with a
//   few allowed values is a list; one with a single allowed value and required needs nothing typed
// - the property of an object is a group with its name, and its fields are inside of it
// - "Add item to NAME" is a button; the items are fields (or groups, if objects) "NAME 1", "NAME 2"
// - "Variant of NAME" is the list of what a oneOf or anyOf can be, "Variant of body" that of a whole
//   body; a variant is called by its title, or else by the end of its reference, or else "Variant 1"
//   as it is counted from 1; the first entry of one that is not required is "Not sent"
// - nothing else has such a name: the fields of a whole body are in the group "Request body"
// - what is not required and has nothing typed in is not sent
// - the button "Send" sends; the region "Answer" then shows the status, and the body

import type { Locator, Page } from "@playwright/test";

import { DESCRIPTIONS, type Step } from "./descriptions.ts";
import { expect, test } from "./fixtures.ts";
import { startForeignApi, type ForeignApi } from "./foreign.ts";

/** Opens the view with a description. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto(`/playground#${new URLSearchParams({ view: "http", mode: "live", api: address })}`);
}

function operations(page: Page): Locator {
  return page.getByRole("region", { name: "Operations" });
}

function answer(page: Page): Locator {
  return page.getByRole("region", { name: "Answer" });
}

async function openOperation(page: Page, entry: string): Promise<void> {
  const [, path = ""] = entry.split(" ");
  await page.getByRole("searchbox", { name: "Search operations" }).fill(path);
  await operations(page).getByRole("link", { name: entry, exact: true }).click();
}

async function follow(form: Page | Locator, steps: Step[]): Promise<void> {
  for (const step of steps) {
    if ("fill" in step) {
      await form.getByLabel(step.fill, { exact: true }).fill(step.with);
    } else if ("choose" in step) {
      await form.getByLabel(step.choose, { exact: true }).selectOption({ label: step.option });
    } else if ("addTo" in step) {
      await form.getByRole("button", { name: `Add item to ${step.addTo}`, exact: true }).click();
    } else {
      await follow(form.getByRole("group", { name: step.inside, exact: true }), step.steps);
    }
  }
}

test.describe("descriptions by others", () => {
  for (const { vendor, title, operations: count, text, cases } of DESCRIPTIONS) {
    test(`${vendor}: a body, an array in the query and a oneOf arrive as filled in`, async ({ page, watch }) => {
      test.setTimeout(90_000);
      const api = await startForeignApi(text());
      try {
        watch.expect(new RegExp(`^request to another origin: ${api.origin}/`));
        await open(page, api.description);
        await expect(page.getByText(title).first()).toBeVisible({ timeout: 30_000 });
        await expect(operations(page)).toContainText(`${count} operations`);
        for (const { entry, steps, receives } of cases) {
          await openOperation(page, entry);
          await follow(page, steps);
          await sendAndCompare(page, api, receives);
        }
      } finally {
        await api.stop();
      }
    });
  }
});

async function sendAndCompare(page: Page, api: ForeignApi, receives: object): Promise<void> {
  const before = api.received.length;
  // Another status each time, so that an answer is never taken for the one before it.
  api.answer = { status: 210 + before, body: { message: `answer number ${before}` } };
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(answer(page)).toContainText(String(api.answer.status));
  await expect(answer(page)).toContainText(`answer number ${before}`);
  expect(api.received.slice(before)).toEqual([receives]);
}
