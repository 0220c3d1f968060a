// The sample documentation as its readers see it: a site on another origin than the console, with the
// real playground in its pages.

import type { FrameLocator, Locator, Page } from "@playwright/test";

import { withStorageBlocked } from "../support/blocked.ts";
import { startDocs, type DocsSite } from "../support/sites/docs-site.ts";
import { expect, test as base } from "../support/fixtures.ts";
import { expectNothingForAxe, wcag } from "../support/standards.ts";

const test = base.extend<{ docs: DocsSite }>({
  docs: async ({ server, watch }, use) => {
    const docs = await startDocs(server.consoleUrl);
    watch.expect(new RegExp(`^request to another origin: ${docs.url}/`));
    await use(docs);
    await docs.stop();
  },
});

/** How many frames are open at once. */
const OPEN = 10;

/** A build and a rollout take as long as in the sandbox. */
const PATIENCE = { timeout: 60_000 };

/** Most commands take no time, and the ten of a block are asked for one after the other. */
const OFTEN = { ...PATIENCE, intervals: [50, 100, 200] };

const playgrounds = (page: Page): Locator => page.locator("backoffice-playground");
const line = (frame: FrameLocator): Locator => frame.getByRole("textbox", { name: /^Command line/ });

/** Advances the clock of the frames' world, through a request that any page of their origin can make. */
async function advance(frame: FrameLocator, seconds: number): Promise<void> {
  await frame.locator("body").evaluate(async (_, seconds) => {
    const { port } = new SharedWorker("/sandbox-worker_shared.js", { type: "module", name: "1?1" });
    const body = JSON.stringify({ advance_seconds: seconds });
    const headers = [["content-type", "application/json"]];
    const request = { kind: "request", id: 1, method: "POST", path: "/sandbox/clock", query: "", headers, body };
    const status = await new Promise((resolve) => {
      port.onmessage = ({ data }) => {
        if (data.kind === "ready") port.postMessage(request);
        if (data.kind === "head") resolve(data.status);
      };
    });
    port.close();
    if (status !== 200) throw new Error(`the clock answered ${status}`);
  }, seconds);
}

/** Presses Tab until something has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if (await target.evaluate((element) => element.matches(":focus"))) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${target} was not reached by Tab`);
}

/** Answers the shell's questions with its suggestions until the prompt is back. */
async function untilDone(frame: FrameLocator, typed: string): Promise<void> {
  const ask = frame.locator(".sh__ask");
  const state = async () => {
    if (await ask.isVisible()) return `asks ${await ask.innerText()}`;
    if (await frame.getByText("Runs until you stop it").isVisible()) return "goes on";
    return (await line(frame).isEditable()) ? "idle" : "runs";
  };
  let before = "";
  for (;;) {
    await expect.poll(state, { ...OFTEN, message: `${typed} after ${before}` }).not.toMatch(new RegExp(`^runs$|^${before.replace(/[^a-z ]/gi, ".") || "runs"}$`));
    const now = await state();
    if (now === "idle") return;
    before = now;
    if (now === "goes on") {
      await frame.getByRole("button", { name: "Stop", exact: true }).press("Enter");
      continue;
    }
    const question = frame.locator(".sh__question");
    const suggestion = question.getByRole("button", { name: /^(Use|Yes)/ });
    if ((await suggestion.count()) > 0) {
      await suggestion.first().press("Enter");
    } else {
      const field = question.locator("input");
      await field.pressSequentially(now.includes("mail") ? "reader@backoffice.example" : "made-up-for-this-page");
      await field.press("Enter");
    }
  }
}

/** Types a command into a frame, and waits for its end. */
async function runIn(frame: FrameLocator, command: string, name: string | RegExp = `Command ${command}`): Promise<Locator> {
  await line(frame).fill(command);
  await line(frame).press("Enter");
  const block = frame.getByRole("group", { name, exact: true });
  await expect(block).toBeVisible();
  await expect(line(frame)).toBeEditable(PATIENCE);
  return block;
}

/** Only the playgrounds: the theme and the snippets of the site are not ours. */
const ours = (page: Page) =>
  wcag(page).include("backoffice-playground").exclude("backoffice-playground > .highlight-bash");

/** What an embedded element could change in a page. The test itself adds the globals of axe. */
const traces = (page: Page) =>
  page.evaluate(async () => {
    const styles = (selector: string) => {
      const element = document.querySelector(selector);
      return element ? [...getComputedStyle(element)].map((name) => `${name}: ${getComputedStyle(element).getPropertyValue(name)}`) : [];
    };
    return {
      globals: Object.getOwnPropertyNames(window).filter((name) => !/^\d+$|^axe$|^__core-js_shared__$/.test(name)).sort(),
      heads: document.head.children.length,
      sheets: [document.styleSheets.length, document.adoptedStyleSheets.length],
      styles: ["html", "h1", "p", "a"].map((selector) => styles(selector).filter((value) => !/^(block-size|height|perspective-origin|transform-origin|inline-size|width)/.test(value))),
      cookies: document.cookie,
      local: { ...localStorage },
      session: { ...sessionStorage },
      databases: await indexedDB.databases(),
      caches: await caches.keys(),
    };
  });

test("the guide runs in the page, in ten frames, by keyboard only", async ({ page, docs }) => {
  test.setTimeout(600_000);
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(`${docs.url}/getting-started.html`);
  await page.evaluate(() => customElements.whenDefined("backoffice-playground"));
  const before = await traces(page);
  const count = await playgrounds(page).count();
  expect(count).toBeGreaterThan(OPEN);
  // All open frames are the same terminal.
  let terminal = playgrounds(page).first().frameLocator("iframe");
  for (let at = 0; at < count; at += 1) {
    const one = playgrounds(page).nth(at);
    // Hidden tabs are for other systems.
    if (!(await one.isVisible())) continue;
    const frame = one.frameLocator("iframe");
    const typed = (await one.locator("pre").textContent()) ?? "";
    // The page asks the reader to write this file in an editor; the shell has none.
    if (typed.startsWith("git add assets/package.json")) {
      await runIn(terminal, "mkdir -p assets && echo '{}' > assets/package.json");
    }
    await tabTo(page, one.getByRole("button", { name: /^Run/ }));
    await page.keyboard.press("Enter");
    await expect(frame.getByRole("log")).toBeVisible();
    await untilDone(frame, typed);
    // A command that runs without end was interrupted, with exit code 130.
    await expect(frame.getByText(/^Exit code (?!130)/), typed).toHaveCount(0);
    await expect(frame.getByRole("group", { name: /^Command / }).first(), typed).toBeVisible();
    await advance(frame, 60);
    if (at === OPEN - 1) {
      await expectNothingForAxe(page, "light", ours(page));
      await page.emulateMedia({ colorScheme: "dark" });
      await expectNothingForAxe(page, "dark", ours(page));
    }
    if (at < OPEN) terminal = frame;
    else await one.getByRole("button", { name: /^Close/ }).press("Enter");
  }
  for (const [command, says] of [
    ["gigalixir ps | jq -r '.pods[].status'", "Healthy"],
    ["gigalixir pg | jq -r '.[0].state'", "AVAILABLE"],
    ["gigalixir ps:migrate", "Migrations already up"],
  ] as const) {
    await expect(await runIn(terminal, command)).toContainText(says, PATIENCE);
    await expect(line(terminal)).toBeEditable(PATIENCE);
  }
  expect(await traces(page)).toEqual(before);
});

/** Presses Run beside a command, and waits for its end. */
async function runBlock(page: Page, command: string): Promise<FrameLocator> {
  const one = page.locator("backoffice-playground", { has: page.getByRole("button", { name: `Run: ${command}`, exact: true }) });
  await one.getByRole("button", { name: /^Run/ }).click();
  const frame = page.frameLocator(`iframe[title="Playground: ${command}"]`);
  await untilDone(frame, command);
  return frame;
}

/** Signs in as the demo user. */
const logIn = (frame: FrameLocator) =>
  runIn(frame, "gigalixir login -e demo@backoffice.example -p sandbox-demo", /^Command gigalixir login/);

test("a long-running command lets other blocks run, and undoes none of their changes", async ({ page, docs }) => {
  await page.goto(`${docs.url}/getting-started.html`);
  const first = await runBlock(page, "gigalixir account");
  const second = await runBlock(page, "gigalixir apps");
  await logIn(first);
  await line(first).fill("gigalixir logs -a quiet-amber-heron");
  await line(first).press("Enter");
  await expect(first.getByText("Runs until you stop it")).toBeVisible();
  await runIn(second, "cd /tmp && echo kept > k.txt");
  await first.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(line(first)).toBeEditable();
  await expect(await runIn(second, "cat k.txt")).toContainText("kept");
  await expect(await runIn(first, "pwd")).toContainText("/tmp");
});

test("if the browser blocks storage, each block works alone and says so", async ({ docs, server }) => {
  await withStorageBlocked(server.consoleUrl, async (context) => {
    const page = await context.newPage();
    await page.goto(`${docs.url}/getting-started.html`);
    const first = await runBlock(page, "gigalixir account");
    await logIn(first);
    await expect(await runIn(first, "gigalixir apps")).toContainText("quiet-amber-heron");
    await expect(first.getByText("runs on its own")).toBeVisible();
    const second = await runBlock(page, "gigalixir apps");
    await expect(second.getByRole("log")).not.toContainText("quiet-amber-heron");
    await logIn(second);
    await expect(await runIn(second, "gigalixir account")).toContainText("demo@backoffice.example");
  });
});

test("every block is readable without JavaScript", async ({ browser, docs }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${docs.url}/getting-started.html`);
  await expect(page.getByText("gigalixir create").first()).toBeVisible();
  await expect(page.getByRole("button", { name: /^Run/ })).toHaveCount(0);
  await context.close();
});

test("a token never reaches the page around a frame", async ({ page, docs, server }) => {
  await page.goto(`${docs.url}/playground.html`);
  await page.evaluate(() => {
    const heard: string[] = [];
    (window as { heard?: string[] }).heard = heard;
    addEventListener("message", ({ data }) => heard.push(JSON.stringify(data)), { capture: true });
    document.querySelector("backoffice-playground")?.setAttribute("mode", "live");
  });
  await page.getByRole("button", { name: /^Run/ }).first().click();
  const frame = playgrounds(page).first().frameLocator("iframe");
  await frame.getByLabel("Email").fill("demo@backoffice.example");
  await frame.getByLabel("Password", { exact: true }).fill("sandbox-demo");
  await frame.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(line(frame)).toBeVisible();
  await line(frame).fill("gigalixir apps");
  await line(frame).press("Enter");
  await expect(frame.getByRole("log")).toContainText("quiet-amber-heron");
  const tokens = await frame.locator("body").evaluate(() => {
    const stored = JSON.stringify({ ...sessionStorage });
    return [...stored.matchAll(/_token\\*":\\*"([^"\\]+)/g)].map(([, token]) => token ?? "");
  });
  expect(tokens.length).toBeGreaterThanOrEqual(2);
  const seen = await page.evaluate(async () =>
    JSON.stringify([
      (window as { heard?: string[] }).heard,
      document.documentElement.outerHTML,
      location.href,
      document.cookie,
      { ...localStorage },
      { ...sessionStorage },
      performance.getEntries().map(({ name }) => name),
      [...document.querySelectorAll("backoffice-playground")].map(({ shadowRoot }) => shadowRoot?.innerHTML),
    ]),
  );
  expect(seen).toContain("resize");
  for (const token of tokens) expect(seen).not.toContain(token);
  expect(server.apiUrl).not.toBe(docs.url);
});
