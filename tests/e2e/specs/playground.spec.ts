// The playground: the guide shell on a page of the console and in a frame of the documentation.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import type { Frame, Locator, Page } from "@playwright/test";

import { expect, test } from "../support/fixtures.ts";
import { requests } from "../support/sandbox.ts";
import { everyRule, expectNothingForAxe, surplus } from "../support/standards.ts";
import { ROLLOUT, signInAsDemo } from "../support/steps.ts";

const line = (page: Page | Frame): Locator => page.getByRole("textbox", { name: /^Command line/ });
const log = (page: Page | Frame): Locator => page.getByRole("log", { name: "Transcript" });
const block = (page: Page | Frame, text: string): Locator =>
  page.getByRole("group", { name: `Command ${text}`, exact: true });

/** The playground's address with these settings. */
const address = (settings: Record<string, string> = {}): string =>
  `/playground#${Object.entries(settings).map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&")}`;

/** Types a command, runs it, and waits until it ends. */
async function run(page: Page | Frame, text: string, end = {}): Promise<Locator> {
  await line(page).fill(text);
  await line(page).press("Enter");
  await expect(block(page, text)).toBeVisible();
  await expect(line(page)).toBeEditable(end);
  return block(page, text);
}

async function signInByCommand(page: Page): Promise<void> {
  await line(page).fill("gigalixir login");
  await line(page).press("Enter");
  await page.getByRole("button", { name: "Use demo@backoffice.example" }).click();
  await page.getByRole("button", { name: "Use the demo user’s" }).click();
  await expect(log(page)).toContainText("Logged in as");
  await expect(line(page)).toBeEditable();
}

test("a command shows its output, its exit code and its requests", async ({ page }) => {
  await page.goto(address());
  await signInByCommand(page);
  const apps = await run(page, "gigalixir apps");
  await expect(apps).toContainText("quiet-amber-heron");
  await apps.getByText(/^GET \/api\/apps/).click();
  await expect(apps.getByText("curl")).toBeVisible();
  await expect(apps.locator("summary")).toHaveText(/GET \/api\/apps\s+200\s+· 1 attempt/);
  await expect(page.getByText(/\d+ of \d+ left/)).toBeVisible();
  const failed = await run(page, "gigalixir nonsense");
  await expect(failed.getByText("Exit code 2")).toBeVisible();
});

test("an app is created and pushed to as the guide says", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto(address());
  await signInByCommand(page);
  const text = [
    "$ git clone https://github.com/gigalixir/gigalixir-getting-started.git",
    "$ cd gigalixir-getting-started",
    "$ APP=$(gigalixir create)",
    "$ git push gigalixir",
  ].join("\n");
  await line(page).fill(text);
  await line(page).press("Enter");
  await expect(log(page)).toContainText(/\[new branch\]|-> (main|master)/, ROLLOUT);
  await expect(line(page)).toBeEditable(ROLLOUT);
  const shown = await run(page, "echo \"app: $APP\"");
  await expect(shown).toContainText(/app: [a-z]+-[a-z]+-[a-z]+/);
  await expect(page.getByText("~/gigalixir-getting-started $").first()).toBeVisible();
});

test("keys recall, complete, interrupt and clear, and never trap the focus", async ({ page }) => {
  await page.goto(address());
  await run(page, "echo one");
  await run(page, "echo two");
  const field = line(page);
  await field.fill("draft");
  await field.press("ArrowUp");
  await expect(field).toHaveValue("echo two");
  await field.press("ArrowUp");
  await expect(field).toHaveValue("echo one");
  await field.press("ArrowDown");
  await field.press("ArrowDown");
  await expect(field).toHaveValue("draft");

  await field.fill("gigali");
  await field.press("Tab");
  await expect(field).toHaveValue("gigalixir ");
  await field.pressSequentially("config:");
  await field.press("Tab");
  await expect(page.getByRole("list", { name: "Completions" }).getByRole("button", { name: /^config:set/ })).toBeVisible();
  await field.press("Control+c");
  await expect(field).toHaveValue("");

  await field.fill("sleep 1000");
  await field.press("Enter");
  // A command that has not begun yet would be dropped without a block.
  await expect(block(page, "sleep 1000")).toBeVisible();
  await field.press("Control+c");
  await expect(block(page, "sleep 1000").getByText("Exit code 130")).toBeVisible();

  await field.fill("gigali");
  await field.press("Escape");
  await field.press("Tab");
  await expect(field).not.toBeFocused();
  await expect(field).toHaveValue("gigali");
  await field.focus();
  await field.fill("");
  await field.press("Control+l");
  await expect(block(page, "echo one")).toHaveCount(0);
});

test("a link replays the commands, and contains no secret", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(address());
  await run(page, "echo first > a.txt");
  await run(page, "cat a.txt");
  await line(page).fill("export API_KEY=hunter2hunter2");
  await line(page).press("Enter");
  await expect(block(page, "export API_KEY=HIDDEN")).toBeVisible();
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByText(/^Copied/)).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).not.toContain("hunter2");
  const other = await context.newPage();
  await other.goto(link);
  await expect(block(other, "cat a.txt")).toHaveCount(0);
  await other.getByRole("button", { name: "Run all" }).click();
  await expect(block(other, "cat a.txt")).toContainText("first");
  await expect(block(other, "export API_KEY=HIDDEN")).toBeVisible();
});

test("a script is offered line by line, and stops at a failure", async ({ page }) => {
  await page.goto(address({ script: "echo a\nfalse\necho b" }));
  const offered = page.getByRole("region", { name: "Offered commands" });
  await expect(offered.getByRole("listitem")).toHaveCount(3);
  await offered.getByRole("button", { name: "Run “echo b”" }).click();
  await expect(block(page, "echo b")).toContainText("b");
  await offered.getByRole("button", { name: "Run all" }).click();
  await expect(block(page, "false").getByText("Exit code 1")).toBeVisible();
  await expect(page.getByText("The lines after this one were not run.")).toBeVisible();
  await expect(block(page, "echo b")).toHaveCount(1);
});

test("an address can run its commands immediately, and its mistakes are reported", async ({ page }) => {
  await page.goto(address({ command: "echo at once", run: "1", theme: "dark", colour: "red" }));
  await expect(block(page, "echo at once")).toContainText("at once");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByText("The address has an unknown setting, “colour”.")).toBeVisible();
});

test("starting over opens a fresh shell in a fresh world", async ({ page }) => {
  await page.goto(address());
  await run(page, "echo kept > a.txt");
  await page.getByRole("button", { name: "Start over" }).click();
  await expect(block(page, "echo kept > a.txt")).toHaveCount(0);
  await expect(await run(page, "cat a.txt")).toContainText("No such file");
});

test("no secret is in the document, the address or local storage", async ({ page }) => {
  await page.goto(address());
  await line(page).fill("gigalixir login -e demo@backoffice.example -p sandbox-demo");
  await line(page).press("Enter");
  await expect(log(page)).toContainText("Logged in as");
  await run(page, "gigalixir apps");
  await line(page).press("ArrowUp");
  await line(page).press("ArrowUp");
  await expect(line(page)).toHaveValue(/-p HIDDEN/);
  const [tokens, traces] = await page.evaluate(() => {
    const session = Object.entries(sessionStorage).find(([key]) => key.startsWith("backoffice.playground."));
    const { tokens } = JSON.parse(session?.[1] ?? "{}") as { tokens: Record<string, string> };
    const fields = [...document.querySelectorAll("input, textarea")].map((field) => (field as HTMLInputElement).value);
    const kept = JSON.stringify({ ...localStorage });
    return [Object.values(tokens), document.documentElement.outerHTML + location.href + kept + fields.join()] as const;
  });
  expect(tokens.length).toBe(2);
  for (const secret of ["sandbox-demo", ...tokens]) expect(traces).not.toContain(secret);
});

test("the other view loads when it is first shown, and the first view keeps its state", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(address({ command: "echo x" }));
  await run(page, "echo still here");
  expect(asked.filter((path) => path.includes("explorer"))).toEqual([]);
  await page.getByRole("link", { name: "HTTP" }).click();
  await expect(page.getByRole("heading", { name: "Backoffice API" })).toBeVisible();
  await expect(line(page)).toBeHidden();
  await page.getByRole("link", { name: "Shell" }).click();
  await expect(block(page, "echo still here")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Backoffice API" })).toBeHidden();
});

test("live mode is optional, requires signing in inside the page, and calls the console's API", async ({ page, server }) => {
  await page.goto(address({ command: "gigalixir apps", run: "1" }));
  await expect(block(page, "gigalixir apps")).toBeVisible();
  expect(await requests(server.apiUrl, { operation: "list_apps" })).toBe(0);
  await page.getByRole("button", { name: "Sandbox" }).click();
  await page.getByRole("link", { name: "Switch to live" }).click();
  await page.getByLabel("Email").fill("demo@backoffice.example");
  await page.getByLabel("Password", { exact: true }).fill("sandbox-demo");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(line(page)).toBeVisible();
  // Switching to live mode has run nothing.
  await expect(block(page, "gigalixir apps")).toHaveCount(0);
  await page.getByRole("button", { name: "Run “gigalixir apps”" }).click();
  await expect(block(page, "gigalixir apps")).toContainText("quiet-amber-heron");
  expect(await requests(server.apiUrl, { operation: "list_apps", status: 200 })).toBe(1);
  await page.getByRole("button", { name: "Live" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByLabel("Password", { exact: true })).toBeVisible();
});

test.describe("with the sandbox in the browser as the API", () => {
  test.use({ api: "browser" });

  test("there is no live mode, and the page says so", async ({ page }) => {
    await page.goto(address({ mode: "live" }));
    await expect(page.getByText(/Live mode is not available/)).toBeVisible();
    await expect(await run(page, "echo works")).toContainText("works");
  });
});

test("the console links there, and the playground links back", async ({ page }) => {
  await signInAsDemo(page);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Playground" }).click();
  await expect(line(page)).toBeVisible();
  await page.getByRole("link", { name: "Console" }).click();
  await expect(page.getByRole("heading", { name: "Apps", level: 1 })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("x");
  await expect(line(page)).toBeVisible();
});

test("the keyboard is enough for everything", async ({ page }) => {
  await page.goto(address({ script: "echo a\necho b" }));
  const until = async (target: Locator) => {
    for (let presses = 0; presses < 40; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press("Tab");
    }
    throw new Error("forty presses of Tab do not reach it");
  };
  await until(page.getByRole("button", { name: "Run all" }));
  await page.keyboard.press("Enter");
  await expect(block(page, "echo b")).toContainText("b");
  await until(line(page));
  await page.keyboard.type("rm -r nothing");
  await page.keyboard.press("Enter");
  await expect(block(page, "rm -r nothing").getByText("Exit code 1")).toBeVisible();
  await until(page.getByRole("button", { name: "Start over" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("group", { name: /^Command / })).toHaveCount(0);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing, and nothing is wider than a phone, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width: 390, height: 844 });
    const check = async (what: string) => {
      await expectNothingForAxe(page, what, everyRule(page));
      expect(await surplus(page), what).toBeLessThanOrEqual(0);
    };
    await page.goto(address());
    await expect(line(page)).toBeVisible();
    await check("an empty shell");
    await page.getByRole("button", { name: "Sandbox" }).click();
    await check("what the mode means");
    await line(page).fill("gigalixir login");
    await line(page).press("Enter");
    await expect(page.getByRole("button", { name: "Cancel" })).toBeVisible();
    await check("a question");
    await page.getByRole("button", { name: "Cancel" }).click();
    await signInByCommand(page);
    await run(page, "gigalixir apps");
    await log(page).locator("summary").last().click();
    await run(page, "cat nothing");
    await check("a transcript");
    await page.goto(address({ script: `echo ${"long ".repeat(40)}\necho b`, mode: "sandbox", x: "y" }));
    await expect(page.getByRole("button", { name: "Run all" })).toBeVisible();
    await check("a script that is offered");
    await page.goto(address({ view: "http" }));
    await expect(page.getByRole("heading", { name: "Backoffice API" })).toBeVisible();
    await check("the explorer");
  });
}

test.describe("in a frame of another origin", () => {
  let host: Server;
  let hostUrl = "";

  test.beforeEach(async () => {
    host = createServer((_, answer) => answer.setHeader("content-type", "text/html").end("<!doctype html><title>docs</title>"));
    await new Promise<void>((resolve) => host.listen(0, "127.0.0.1", resolve));
    hostUrl = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
  });

  test.afterEach(async () => {
    host.closeAllConnections();
    await new Promise((resolve) => host.close(resolve));
  });

  test("it reports that it is ready and its height, and follows its host's messages", async ({ page, server, watch }) => {
    watch.expect(new RegExp(`request to another origin: ${hostUrl}`));
    await page.goto(hostUrl);
    const source = `${server.consoleUrl}${address({ command: "echo by the host", host: hostUrl, theme: "light" })}`;
    await page.evaluate((url) => {
      const heard: unknown[] = [];
      Object.assign(window, { heard });
      addEventListener("message", (event) => heard.push({ origin: event.origin, ...event.data }));
      const frame = document.createElement("iframe");
      frame.src = url;
      frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-popups");
      frame.allow = "clipboard-write";
      frame.referrerPolicy = "no-referrer";
      frame.style.width = "700px";
      document.body.append(frame);
    }, source);
    const heard = () => page.evaluate(() => (window as unknown as { heard: Record<string, unknown>[] }).heard);
    const common = { origin: server.consoleUrl, source: "backoffice-playground", version: 1 };
    await expect.poll(async () => (await heard())[0]).toEqual({ ...common, type: "ready" });
    await expect.poll(async () => (await heard()).filter(({ type }) => type === "resize").length).toBeGreaterThan(0);
    const heights = async () => (await heard()).filter(({ type }) => type === "resize").map(({ height }) => Number(height));
    expect((await heights()).every((height) => Number.isInteger(height) && height > 60)).toBe(true);

    const frame = page.frames().find((one) => one.url().startsWith(server.consoleUrl));
    if (!frame) throw new Error("there is no frame");
    const say = (message: object) =>
      page.evaluate(
        ([text, origin]) => document.querySelector("iframe")?.contentWindow?.postMessage(JSON.parse(text), origin),
        [JSON.stringify(message), server.consoleUrl] as const,
      );
    const ours = { source: "backoffice-playground", version: 1 };
    await say({ ...ours, type: "theme", theme: "dark" });
    await expect(frame.locator("html")).toHaveAttribute("data-theme", "dark");
    await say({ ...ours, type: "theme", theme: "light", more: 1 });
    await say({ ...ours, version: 2, type: "run" });
    const before = Math.max(...(await heights()));
    await say({ ...ours, type: "run" });
    await expect(block(frame, "echo by the host")).toContainText("by the host");
    await expect(block(frame, "echo by the host")).toHaveCount(1);
    await expect(frame.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect.poll(async () => Math.max(...(await heights()))).toBeGreaterThan(before);
  });

  test("it obeys only the named host", async ({ page, server, watch }) => {
    watch.expect(new RegExp(`request to another origin: ${hostUrl}`));
    await page.goto(hostUrl);
    const source = `${server.consoleUrl}${address({ command: "echo no", host: "https://docs.example" })}`;
    await page.evaluate((url) => {
      const frame = document.createElement("iframe");
      frame.src = url;
      document.body.append(frame);
    }, source);
    const inside = () => page.frames().find((one) => one.url().startsWith(server.consoleUrl));
    await expect.poll(inside).toBeDefined();
    const frame = inside();
    if (!frame) throw new Error("there is no frame");
    await expect(line(frame)).toBeVisible();
    await page.evaluate(
      (origin) =>
        document.querySelector("iframe")?.contentWindow?.postMessage({ source: "backoffice-playground", version: 1, type: "run" }, origin),
      server.consoleUrl,
    );
    await run(frame, "echo by hand");
    await expect(block(frame, "echo no")).toHaveCount(0);
  });
});
