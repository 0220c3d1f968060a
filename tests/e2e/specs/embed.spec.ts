// The script that makes snippets of other people's pages runnable, on such a page: what it loads and
// when, which messages it accepts, and that it leaves the page unchanged.

import { test as base, expect, type FrameLocator, type Page } from "@playwright/test";

import { startSites, type Sites } from "../support/sites/embedding.ts";
import { expectNothingForAxe } from "../support/standards.ts";
import { Watch } from "../support/watch.ts";

/** How long the script waits for a frame, as its message says. */
const PATIENCE_MS = 20_000;

const test = base.extend<{ sites: Sites; watch: Watch }>({
  sites: async ({}, use) => {
    const sites = await startSites();
    await use(sites);
    await sites.stop();
  },
  watch: [
    async ({ context, sites }, use) => {
      const watch = new Watch(context, { ...sites, api: "native", apiUrl: sites.hostUrl, stop: sites.stop });
      await use(watch);
      expect(watch.problems(), "what no page may do").toEqual([]);
    },
    { auto: true },
  ],
});

const SHELL = `<backoffice-playground command="gigalixir create"><pre>gigalixir create</pre></backoffice-playground>`;

const run = (page: Page, name = "Run: gigalixir create") => page.getByRole("button", { name, exact: true });
const close = (page: Page) => page.getByRole("button", { name: /^Close/ });
const frameElement = (page: Page) => page.locator("backoffice-playground iframe");
const frameIn = (page: Page): FrameLocator => page.frameLocator("backoffice-playground iframe");
const snippet = (page: Page) => page.locator("pre").first();

/** The values in a frame's address. */
const offered = async (page: Page, at = 0) => {
  const address = new URL((await frameElement(page).nth(at).getAttribute("src")) ?? "");
  return Object.fromEntries(new URLSearchParams(address.hash.slice(1)));
};

const heightOf = (page: Page) => frameElement(page).evaluate((frame) => frame.getBoundingClientRect().height);

/** Makes the frame send a message to the page, unchanged. */
const say = (page: Page, message: unknown) =>
  frameIn(page).locator("body").evaluate((_, message) => parent.postMessage(message, "*"), message);

const message = (type: string, more: object = {}) => ({ source: "backoffice-playground", version: 1, type, ...more });

/** Waits until the page has received every message so far. */
const heard = async (page: Page) => {
  await page.evaluate(() => {
    (window as { last?: unknown }).last = undefined;
    addEventListener("message", ({ data }) => ((window as { last?: unknown }).last = data), { capture: true });
  });
  await say(page, "the end");
  await expect.poll(() => page.evaluate(() => (window as { last?: unknown }).last)).toBe("the end");
};

/** The messages that the frame has received so far. */
const told = (page: Page) => frameIn(page).locator("body").evaluate(() => (window as { told?: unknown[] }).told ?? []);

async function open(page: Page, sites: Sites, body: string, head = ""): Promise<void> {
  await page.goto(sites.page(body, head));
  await expect(page.locator("backoffice-playground").first()).toHaveJSProperty("isConnected", true);
  await page.evaluate(() => customElements.whenDefined("backoffice-playground"));
}

async function openAndRun(page: Page, sites: Sites, body = SHELL): Promise<void> {
  await open(page, sites, body);
  await page.getByRole("button", { name: /^Run/ }).first().click();
  await expect(frameIn(page).getByRole("heading", { name: "Stand-in" })).toBeVisible();
  await expect(page.getByText("Loading the playground…")).toBeHidden();
}

test.describe("before use", () => {
  test("a snippet has a button, and nothing but the script was loaded", async ({ page, sites }) => {
    await open(page, sites, SHELL);
    await expect(run(page)).toBeVisible();
    await expect(snippet(page)).toHaveText("gigalixir create");
    await expect(frameElement(page)).toHaveCount(0);
    expect(sites.asked()).toEqual(["/embed.js"]);
  });

  test.describe("without JavaScript", () => {
    test.use({ javaScriptEnabled: false });

    test("the snippet is readable, and there is no button without effect", async ({ page, sites }) => {
      await page.goto(sites.page(SHELL));
      await expect(snippet(page)).toBeVisible();
      await expect(page.getByRole("button")).toHaveCount(0);
      expect(sites.asked()).toEqual([]);
    });
  });

  test("a request is shown when the reader scrolls near it, and not before", async ({ page, sites }) => {
    await open(page, sites, `<div class="far"></div><backoffice-playground operation="ListApps" height="600"></backoffice-playground>`);
    await expect(page.getByRole("button", { name: "Try it: ListApps" })).toBeAttached();
    await expect(frameElement(page)).toHaveCount(0);
    const before = await page.evaluate(() => document.documentElement.scrollHeight);

    await page.locator("backoffice-playground").scrollIntoViewIfNeeded();
    await expect(frameIn(page).getByRole("heading", { name: "Stand-in" })).toBeVisible();
    expect(await offered(page)).toEqual({ view: "http", operation: "ListApps", theme: "light", host: sites.hostUrl });
    await expect(page.locator("iframe")).not.toBeFocused();
    const after = await page.evaluate(() => document.documentElement.scrollHeight);
    // Only the line of controls above the frame is new.
    expect(after - before).toBeLessThanOrEqual(60);
  });

  test("an eager shell loads automatically and runs nothing", async ({ page, sites }) => {
    await open(page, sites, `<backoffice-playground eager command="gigalixir apps"></backoffice-playground>`);
    await expect(frameIn(page).getByRole("heading", { name: "Stand-in" })).toBeVisible();
    expect(await offered(page)).not.toHaveProperty("run");
  });
});

test("pressing Run loads the frame, passes it the command and focuses it", async ({ page, sites }) => {
  await openAndRun(page, sites);
  expect(await offered(page)).toEqual({
    view: "shell",
    command: "gigalixir create",
    theme: "light",
    host: sites.hostUrl,
    run: "1",
  });
  const frame = frameElement(page);
  await expect(frame).toHaveAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-popups");
  await expect(frame).toHaveAttribute("allow", "clipboard-write");
  await expect(frame).toHaveAttribute("loading", "lazy");
  await expect(frame).toHaveAttribute("referrerpolicy", "no-referrer");
  await expect(frame).toHaveAttribute("title", "Playground: gigalixir create");
  await expect(frame).toBeFocused();
  await page.keyboard.type("ls");
  const typed = () => frameIn(page).locator("body").evaluate(() => (window as { typed?: string }).typed);
  await expect.poll(typed).toBe("ls");
  await expect(snippet(page)).toBeHidden();
  expect(sites.referrers()).toEqual([]);
});

test("the frame's address contains everything that the author chose, and nothing else", async ({ page, sites }) => {
  const script = "gigalixir create -n blue\n# a & b = 100 %\ngigalixir ps";
  await open(
    page,
    sites,
    `<backoffice-playground id="script" mode="live" seed="7" theme="dark" label="Create and look"></backoffice-playground>
     <backoffice-playground api="https://api.example/openapi.json?a=1&amp;b=2" operation="op" seed="many" mode="odd"></backoffice-playground>`,
  );
  await page.locator("#script").evaluate((element, script) => element.setAttribute("script", script), script);
  await run(page, "Run: Create and look").click();
  await expect(frameElement(page)).toHaveCount(2);
  const all = [await offered(page, 0), await offered(page, 1)];
  expect(all).toContainEqual({ view: "shell", script, mode: "live", seed: "7", theme: "dark", host: sites.hostUrl, run: "1" });
  expect(all).toContainEqual({
    view: "http",
    operation: "op",
    api: "https://api.example/openapi.json?a=1&b=2",
    theme: "light",
    host: sites.hostUrl,
  });
  const link = page.locator("#script").getByRole("link", { name: "Open in a new tab" });
  const inTab = new URLSearchParams(new URL((await link.getAttribute("href")) ?? "").hash.slice(1));
  expect([...inTab.keys()].sort()).toEqual(["mode", "script", "seed", "theme", "view"]);
});

test("without attributes, the snippet is run", async ({ page, sites }) => {
  await open(page, sites, `<backoffice-playground><pre>gigalixir apps\ngigalixir ps\n</pre></backoffice-playground>`);
  await run(page, "Run: gigalixir apps …").click();
  expect(await offered(page)).toMatchObject({ script: "gigalixir apps\ngigalixir ps" });
});

test("the keyboard opens and closes a block, and the focus returns", async ({ page, sites }) => {
  await open(page, sites, `<a href="#before">Before</a>${SHELL}`);
  await page.getByRole("link", { name: "Before" }).focus();
  await page.keyboard.press("Tab");
  await expect(run(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(frameIn(page).getByRole("heading", { name: "Stand-in" })).toBeVisible();
  await expect(frameElement(page)).toBeFocused();
  await expect(page.getByText("Loading the playground…")).toBeHidden();

  await page.keyboard.press("Shift+Tab");
  // Out of the frame, from whichever element has the focus.
  for (let press = 0; press < 3 && !(await close(page).evaluate((it) => it.matches(":focus"))); press += 1) {
    await page.keyboard.press("Shift+Tab");
  }
  await expect(close(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(frameElement(page)).toHaveCount(0);
  await expect(run(page)).toBeFocused();
  await expect(snippet(page)).toBeVisible();
});

test.describe("messages", () => {
  test("a height is accepted within bounds, and never less than the author's", async ({ page, sites }) => {
    await openAndRun(page, sites, SHELL.replace("command", `height="300" command`));
    expect(await heightOf(page)).toBe(300);
    for (const [asked, expected] of [[700, 700], [10, 300], [1_000_000, 2_000], [0, 300]] as const) {
      await say(page, message("resize", { height: asked }));
      await expect.poll(() => heightOf(page), `${asked} px`).toBe(expected);
    }
  });

  test("messages of other shapes, sources and origins are ignored", async ({ page, sites }) => {
    await openAndRun(page, sites, SHELL.replace("command", `height="300" command`));
    const wrong = [
      "resize",
      null,
      [],
      message("resize"),
      message("resize", { height: "700" }),
      message("resize", { height: 700.5 }),
      message("resize", { height: -700 }),
      message("resize", { height: Infinity }),
      message("resize", { height: 700, width: 1 }),
      { ...message("resize", { height: 700 }), version: 2 },
      { ...message("resize", { height: 700 }), source: "another" },
    ];
    for (const data of wrong) {
      await say(page, data);
    }
    // A valid message from the page itself, and from another frame of the right origin.
    await page.evaluate((data) => postMessage(data, "*"), message("resize", { height: 700 }));
    await page.evaluate((url) => {
      const other = document.createElement("iframe");
      other.src = url;
      other.id = "other";
      document.body.append(other);
    }, `${sites.consoleUrl}/playground`);
    const other = page.frameLocator("#other").locator("body");
    await other.evaluate((_, data) => parent.postMessage(data, "*"), message("resize", { height: 700 }));
    await heard(page);
    expect(await heightOf(page)).toBe(300);
    // The frame itself, navigated to another origin.
    await frameElement(page).evaluate((frame: HTMLIFrameElement, url) => (frame.src = url), `${sites.hostUrl}/playground`);
    await expect(frameIn(page).getByText("at the wrong origin")).toBeVisible();
    await say(page, message("resize", { height: 700 }));
    await heard(page);
    expect(await heightOf(page)).toBe(300);
  });

  test("a frame can be told to run again", async ({ page, sites }) => {
    await openAndRun(page, sites);
    await page.locator("backoffice-playground").evaluate((element) => (element as HTMLElement & { run(): void }).run());
    await expect.poll(() => told(page)).toContainEqual(message("run"));
    await expect(frameElement(page)).toHaveCount(1);
  });
});

test.describe("the page's theme", () => {
  const themes = async (page: Page) =>
    (await told(page)).flatMap((data) => ((data as { type: string }).type === "theme" ? [(data as { theme: string }).theme] : []));

  test("is followed, however the page declares it", async ({ page, sites }) => {
    await openAndRun(page, sites);
    await expect.poll(() => themes(page)).toEqual(["light"]);
    const changes: [(root: HTMLElement, body: HTMLElement) => void, string][] = [
      [(root) => (root.dataset["theme"] = "dark"), "dark"],
      [(root) => (root.dataset["theme"] = "light"), "light"],
      [(_, body) => ((document.documentElement.dataset["theme"] = "auto"), body.classList.add("dark")), "dark"],
      [(_, body) => body.classList.remove("dark"), "light"],
      [(root) => (root.style.colorScheme = "dark"), "dark"],
      [(root) => (root.style.colorScheme = "light dark"), "light"],
      [(_, body) => (body.style.backgroundColor = "rgb(20, 20, 30)"), "dark"],
      [(_, body) => (body.style.backgroundColor = ""), "light"],
    ];
    const expected = ["light"];
    for (const [change, theme] of changes) {
      await page.evaluate(`(${String(change)})(document.documentElement, document.body)`);
      expected.push(theme);
      await expect.poll(() => themes(page), String(change)).toEqual(expected);
    }
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(() => themes(page)).toEqual([...expected, "dark"]);
  });

  test("yields to the author's", async ({ page, sites }) => {
    await openAndRun(page, sites, SHELL.replace("command", `theme="dark" command`));
    expect(await offered(page)).toMatchObject({ theme: "dark" });
    await page.evaluate(() => (document.documentElement.dataset["theme"] = "light"));
    await page.locator("backoffice-playground").evaluate((element) => element.setAttribute("theme", "light"));
    await expect.poll(() => themes(page)).toEqual(["dark", "light"]);
  });
});

test.describe("a frame that does not answer", () => {
  test("is replaced by a message, a link and a retry button", async ({ page, sites }) => {
    sites.silence(true);
    await page.clock.install({ time: 0 });
    await open(page, sites, SHELL);
    // From here on, only the test advances the clock.
    await page.clock.pauseAt(3_600_000);
    await run(page).click();
    await expect(page.getByRole("status")).toHaveText("Loading the playground…");
    await expect(frameIn(page).getByRole("heading", { name: "Stand-in" })).toBeVisible();
    await page.clock.fastForward(PATIENCE_MS - 1);
    await expect(frameElement(page)).toHaveCount(1);
    await page.clock.fastForward(1);

    await expect(page.getByRole("alert")).toContainText("did not answer within 20 seconds");
    await expect(frameElement(page)).toHaveCount(0);
    await expect(snippet(page)).toBeVisible();
    const again = page.getByRole("button", { name: "Try again" });
    await expect(again).toBeFocused();
    const link = page.getByRole("link", { name: "Open the playground in a new tab" });
    await expect(link).toHaveAttribute("href", /\/playground#view=shell&command=gigalixir%20create&theme=light$/);
    // The watch for problems needs a running clock.
    await page.clock.resume();
    await expectNothingForAxe(page, "a problem");

    sites.silence(false);
    await again.click();
    await expect(page.getByRole("alert")).toBeHidden();
    await expect(frameElement(page)).toBeFocused();
    await expect(page.getByText("Loading the playground…")).toBeHidden();
    await page.clock.fastForward(2 * PATIENCE_MS);
    await expect(frameElement(page)).toHaveCount(1);
    expect(await offered(page)).toMatchObject({ run: "1" });
  });
});

test.describe("changes of the page", () => {
  test("a changed command is offered in a new frame, but not run", async ({ page, sites }) => {
    await openAndRun(page, sites);
    await page.locator("backoffice-playground").evaluate((element) => {
      element.setAttribute("label", "Look");
      element.setAttribute("command", "gigalixir apps");
    });
    await expect.poll(() => offered(page)).toEqual({
      view: "shell",
      command: "gigalixir apps",
      theme: "light",
      host: sites.hostUrl,
    });
    await expect(frameElement(page)).toHaveCount(1);
    await expect(frameElement(page)).toHaveAttribute("title", "Playground: Look");
    await page.locator("backoffice-playground").evaluate((element) => element.setAttribute("height", "900"));
    await expect.poll(() => heightOf(page)).toBe(900);
  });

  test("a moved element starts over, and ignores messages while it is not in the page", async ({ page, sites }) => {
    await openAndRun(page, sites);
    const element = await page.locator("backoffice-playground").elementHandle();
    await element?.evaluate((it) => it.remove());
    await page.evaluate(() => (document.documentElement.dataset["theme"] = "dark"));
    await element?.evaluate((it) => document.body.append(it));
    await expect(run(page)).toBeVisible();
    await expect(frameElement(page)).toHaveCount(0);
    await run(page).click();
    await expect(frameIn(page).getByRole("heading", { name: "Stand-in" })).toBeVisible();
    expect(await offered(page)).toMatchObject({ theme: "dark" });
  });

  test("several on a page do not disturb each other", async ({ page, sites }) => {
    await open(page, sites, SHELL + SHELL.replaceAll("create", "apps") + SHELL.replaceAll("create", "ps"));
    await run(page, "Run: gigalixir apps").click();
    await expect(frameElement(page)).toHaveCount(1);
    await run(page, "Run: gigalixir ps").click();
    await expect(frameElement(page)).toHaveCount(2);
    await expect(run(page)).toBeVisible();
    await expect(page.getByText("Loading the playground…")).toHaveCount(0);
    await page.getByRole("button", { name: "Close: gigalixir apps" }).click();
    await expect(frameElement(page)).toHaveCount(1);
    expect(await offered(page)).toMatchObject({ command: "gigalixir ps" });
  });
});

test("the page is unchanged: globals, styles, cookies, storage and every element", async ({ page, sites, context }) => {
  const look = () =>
    page.evaluate(() => ({
      globals: Object.getOwnPropertyNames(window).filter((name) => !/^\d+$/.test(name)),
      head: document.head.innerHTML,
      sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
      body: document.body.cloneNode(true),
      html: document.body.outerHTML,
      attributes: [...document.documentElement.attributes].map(({ name, value }) => [name, value]),
      looks: [...document.querySelectorAll("p, h1, pre, button.own")].map((element) => {
        const { color, fontFamily, fontSize, margin, padding, backgroundColor } = getComputedStyle(element);
        return { color, fontFamily, fontSize, margin, padding, backgroundColor };
      }),
      history: history.length,
      local: Object.entries(localStorage),
      session: Object.entries(sessionStorage),
    }));
  const body = `<h1>Guide</h1><p>Text</p><button class="own">Own</button>${SHELL}`;
  await page.goto(sites.page(body, "", false));
  await page.evaluate(() => {
    localStorage.setItem("own", "1");
    document.cookie = "own=1";
  });
  const before = await look();
  await page.goto(sites.page(body));
  await page.evaluate(() => customElements.whenDefined("backoffice-playground"));
  const script = /<script[^>]*embed\.js[^>]*><\/script>/;
  const loaded = await look();
  expect({ ...loaded, head: loaded.head.replace(script, ""), history: 0 }).toEqual({ ...before, history: 0 });

  await run(page).click();
  await expect(page.getByText("Loading the playground…")).toBeHidden();
  await close(page).click();
  expect(await look()).toEqual(loaded);
  const cookies = (await context.cookies(sites.hostUrl)).map(({ name }) => name);
  expect(cookies).toEqual(["own"]);
});

test("unusual styles of a page do not affect the buttons", async ({ page, sites }) => {
  await open(page, sites, SHELL);
  const look = () =>
    run(page).evaluate((button) => {
      const { color, fontFamily, fontSize, textTransform, letterSpacing, width, height } = getComputedStyle(button);
      return { color, fontFamily, fontSize, textTransform, letterSpacing, width, height };
    });
  const before = await look();
  await open(page, sites, SHELL, `<link rel="stylesheet" href="/strange.css">`);
  await expect(snippet(page)).toHaveCSS("text-transform", "uppercase");
  expect(await look()).toEqual(before);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

    test("axe finds nothing before, during and after use", async ({ page, sites }) => {
      await open(page, sites, `<h1>Guide</h1>${SHELL}`, `<link rel="stylesheet" href="/both.css">`);
      await expectNothingForAxe(page, "a snippet");
      await run(page).click();
      await expect(page.getByText("Loading the playground…")).toBeHidden();
      expect(await offered(page)).toMatchObject({ theme: colorScheme });
      await expectNothingForAxe(page, "a playground");
    });
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("buttons are large enough for a finger, and nothing is wider than the screen", async ({ page, sites }) => {
    await open(page, sites, SHELL, `<meta name="viewport" content="width=device-width">`);
    const size = await run(page).boundingBox();
    expect(Math.min(size?.width ?? 0, size?.height ?? 0)).toBeGreaterThanOrEqual(44);
    await run(page).tap();
    await expect(page.getByText("Loading the playground…")).toBeHidden();
    const shown = await close(page).boundingBox();
    expect(shown?.height).toBeGreaterThanOrEqual(44);
    const surplus = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(surplus).toBeLessThanOrEqual(0);
  });
});

test.describe("in forced colours", () => {
  test.use({ contextOptions: { forcedColors: "active" } });

  test("buttons keep a border", async ({ page, sites }) => {
    await open(page, sites, SHELL);
    await expect(run(page)).toHaveCSS("border-top-style", "solid");
    await run(page).focus();
    await page.keyboard.press("Shift");
    await expect(run(page)).not.toHaveCSS("outline-style", "none");
  });
});
