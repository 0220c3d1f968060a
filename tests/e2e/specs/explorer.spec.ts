// The playground's view of HTTP APIs, with large descriptions by others: the tests fill in the forms,
// and the requests arrive as intended.
//
// The names of the view's parts, which is all that these tests know about it:
//
// - the search box "Search operations" narrows the list down to the matches
// - the region "Operations" has a link for each operation in view, "METHOD /path summary", and says
//   how many there are: "706 operations"
// - a field is labelled with the name of its parameter or property, never with its title; a field with
//   a few allowed values is a list; a required field with a single allowed value is filled in
// - the property of an object is a group with its name that contains its fields
// - "Add item to NAME" is a button; the items are fields (or groups, if objects) "NAME 1", "NAME 2"
// - "Variant of NAME" is the list of variants of a oneOf or anyOf, "Variant of body" that of a whole
//   body; a variant is named after what distinguishes it; if it is not required, the first entry is
//   "Not sent"
// - nothing else has such a name: the fields of a whole body are in the group "Request body"
// - an optional field without input is not sent
// - the button "Send" sends; the region "Answer" then shows the status and the body

import type { Locator, Page } from "@playwright/test";

import { DESCRIPTIONS, type Step } from "../support/descriptions.ts";
import { expect, test } from "../support/fixtures.ts";
import { startForeignApi, type ForeignApi } from "../support/sites/foreign.ts";
import { everyRule, expectNothingForAxe, surplus } from "../support/standards.ts";

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
  // A different status each time, so that an answer is never mistaken for the previous one.
  api.answer = { status: 210 + before, body: { message: `answer number ${before}` } };
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(answer(page)).toContainText(String(api.answer.status));
  await expect(answer(page)).toContainText(`answer number ${before}`);
  expect(api.received.slice(before)).toEqual([receives]);
}

/** The list of operations of our API, with one of them open. */
async function openOwn(page: Page, settings: Record<string, string> = {}): Promise<void> {
  await page.goto(`/playground#${new URLSearchParams({ view: "http", ...settings })}`);
  await expect(page.getByRole("heading", { name: "Backoffice API" })).toBeVisible();
}

const send = (page: Page) => page.getByRole("button", { name: "Send", exact: true });
const requests = (page: Page) => page.getByRole("list", { name: "Requests" });

test.describe("our own API", () => {
  test("shell and explorer share session, world and journal", async ({ page }) => {
    await openOwn(page, { operation: "create_app" });
    await page.getByRole("button", { name: "Sign in as the demo user" }).click();
    await expect(page.getByText("signed in here and in the shell")).toBeVisible();
    await page.getByLabel("unique_name", { exact: true }).fill("made-by-hand");
    await expect(page.getByRole("region", { name: "Request", exact: true })).toContainText("gigalixir create -n made-by-hand");
    await send(page).click();
    await expect(answer(page)).toContainText(/201|402|422/);

    await openOwn(page, { operation: "list_apps" });
    await send(page).click();
    await expect(answer(page)).toContainText("200");
    await expect(answer(page)).toContainText("bold-misty-otter");
    await answer(page).getByText("Attempts and waits").click();
    await expect(answer(page).getByText("x-ratelimit-remaining")).toBeVisible();

    await page.getByRole("link", { name: "Shell", exact: true }).click();
    const line = page.getByRole("textbox", { name: /^Command line/ });
    await line.fill("gigalixir account");
    await line.press("Enter");
    await expect(page.getByRole("log")).toContainText("demo@backoffice.example");
    await page.getByRole("button", { name: /^Requests/ }).locator("visible=true").click();
    await expect(requests(page).locator("visible=true").getByText("GET /api/apps", { exact: true })).toBeVisible();
    await expect(requests(page).locator("visible=true").getByText("gigalixir apps", { exact: true })).toBeVisible();
    await expect(requests(page).locator("visible=true").getByText("GET /api/users", { exact: true })).toBeVisible();
  });

  test("missing input is reported before anything is sent", async ({ page }) => {
    await openOwn(page, { operation: "get_app" });
    await send(page).click();
    const name = page.getByRole("textbox", { name: "app", exact: true });
    await expect(name).toBeFocused();
    await expect(name).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByText("Fix 1 field before you send this.")).toBeVisible();
    await expect(answer(page)).toHaveCount(0);
  });

  test("a link opens an operation, and ignores an unknown name", async ({ page }) => {
    await openOwn(page, { operation: "list_everything" });
    await expect(page.getByText("Operation not found")).toBeVisible();
  });

  test("an operation is found and opened by keyboard", async ({ page }) => {
    await openOwn(page);
    await page.getByRole("searchbox", { name: "Search operations" }).focus();
    await page.keyboard.type("apps list");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(send(page)).toBeVisible();
  });

  for (const colorScheme of ["light", "dark"] as const) {
    test(`axe finds nothing, and nothing is wider than a phone, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width: 390, height: 800 });
      const check = async (what: string) => {
        await expectNothingForAxe(page, what, everyRule(page));
        expect(await surplus(page), what).toBeLessThanOrEqual(0);
      };
      await openOwn(page);
      await check("the list");
      await openOwn(page, { operation: "create_app" });
      await check("a form");
      await page.getByRole("button", { name: "Sign in as the demo user" }).click();
      await expect(page.getByText("signed in here and in the shell")).toBeVisible();
      await openOwn(page, { operation: "list_apps" });
      await send(page).click();
      await expect(answer(page)).toContainText("quiet-amber-heron");
      await check("an answer");
    });
  }
});

test.describe("a limit of three calls", () => {
  test.use({ serverFlags: ["--rate-limit", "3"] });

  test("makes a call wait, which says why and can be cancelled", async ({ page }) => {
    await openOwn(page, { mode: "live", operation: "list_apps" });
    await page.getByLabel("Email").fill("demo@backoffice.example");
    await page.getByLabel("Password", { exact: true }).fill("sandbox-demo");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    for (let call = 0; call < 3; call += 1) {
      await send(page).click();
      await expect(answer(page)).toContainText("quiet-amber-heron");
    }
    await send(page).click();
    await expect(answer(page).getByRole("button", { name: "Send now" })).toBeVisible();
    await page.getByRole("button", { name: "Cancel", exact: true }).click();
    await expect(answer(page)).toHaveCount(0);
  });
});

test("a description is read from a file, in YAML too, and an invalid one is reported", async ({ page }) => {
  await openOwn(page);
  await page.getByText("Open another API").click();
  const file = page.getByLabel("Or drop a file. It stays in this browser");
  const yaml = `openapi: 3.1.0\ninfo: {title: Made up, version: "1"}\npaths:\n  /things/{id}:\n    get:\n      summary: One thing\n      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]\n      responses: {"200": {description: It}}\n`;
  await file.setInputFiles({ name: "made-up.yaml", mimeType: "application/yaml", buffer: Buffer.from(yaml) });
  await expect(page.getByRole("heading", { name: "Made up" })).toBeVisible();
  await expect(operations(page).getByRole("link", { name: "GET /things/{id} One thing", exact: true })).toBeVisible();
  await file.setInputFiles({ name: "not.json", mimeType: "application/json", buffer: Buffer.from(`{"swagger": "2.0"}`) });
  await expect(page.getByText("only OpenAPI 3.0 and 3.1 are supported")).toBeVisible();
});

test("an answer of five megabytes is shown, collapsed and searched", async ({ page, watch }) => {
  const rows = Array.from({ length: 40_000 }, (_, id) => ({ id, name: `row number ${id}`, note: "x".repeat(80) }));
  const api = await startForeignApi(
    JSON.stringify({ openapi: "3.0.3", info: { title: "Rows", version: "1" }, paths: { "/rows": { get: { responses: {} } } } }),
  );
  try {
    watch.expect(new RegExp(`^request to another origin: ${api.origin}/`));
    api.answer = { status: 200, body: rows };
    await open(page, api.description);
    await openOperation(page, "GET /rows");
    await send(page).click();
    await expect(answer(page)).toContainText("row number 0");
    await expect(answer(page)).toContainText(/5\.\d MB/);
    expect(await answer(page).locator("*").count()).toBeLessThan(1_000);
    await answer(page).getByRole("searchbox").fill("row number 39999");
    await expect(answer(page)).toContainText("1 match");
    await answer(page).getByRole("searchbox").press("Enter");
    await expect(answer(page)).toContainText("row number 39999");
    await answer(page).getByRole("button", { name: "Fold all", exact: true }).click();
    await expect(answer(page)).not.toContainText("row number 0");
    await answer(page).getByText("Headers", { exact: true }).click();
    await expect(answer(page)).toContainText("Access-Control-Expose-Headers");
  } finally {
    await api.stop();
  }
});
