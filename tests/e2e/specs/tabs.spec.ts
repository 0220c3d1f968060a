// Tabs share one budget, one renewal and one session. The pages of these tests show nothing; they make
// hundreds of calls through the same pipeline as the console.

import type { BrowserContext, Page } from "@playwright/test";

import { withStorageBlocked } from "../support/blocked.ts";
import { advanceClock, expect, test, type SandboxServer } from "../support/fixtures.ts";
import { signInOutside, signUpOutside } from "../support/outside.ts";
import { requests } from "../support/sandbox.ts";

const EMAIL = "demo@backoffice.example";
const PASSWORD = "sandbox-demo";

interface Pressure {
  sign_in(email: string, password: string): Promise<void>;
  adopt(email: string): Promise<void>;
  read(name: string, count: number): Promise<number>;
  restart(app: string, count: number): Promise<number>;
  sign_out(): Promise<void>;
  email(): string | undefined;
  pages(): number;
  waiting(): number;
}

declare global {
  interface Window {
    pressure: Pressure;
  }
}

test.use({ pages: "pressure" });
test.setTimeout(180_000);

/** Opens a page with its own client. */
async function open(context: BrowserContext, server: SandboxServer): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${server.consoleUrl}/`);
  await page.evaluate(async ([module, api]) => {
    const { default: start, Pressure } = await import(module);
    await start();
    window.pressure = new Pressure(api);
  }, [`${server.consoleUrl}/pressure.js`, server.apiUrl] as const);
  return page;
}

/** Opens pages that join the session of the first, and waits until they share it. */
async function openAll(context: BrowserContext, server: SandboxServer, count: number): Promise<Page[]> {
  const first = await open(context, server);
  await signIn(first);
  const others = await Promise.all(Array.from({ length: count - 1 }, () => open(context, server)));
  for (const page of others) {
    await page.evaluate((email) => window.pressure.adopt(email), EMAIL);
  }
  const pages = [first, ...others];
  await expect(async () => {
    const seen = await Promise.all(pages.map((page) => page.evaluate(() => window.pressure.pages())));
    expect(seen).toEqual(pages.map(() => count));
  }).toPass();
  return pages;
}

/** Signs in, in place if the session has ended. */
function signIn(page: Page, email = EMAIL, password = PASSWORD): Promise<void> {
  return page.evaluate(([email, password]) => window.pressure.sign_in(email, password), [email, password] as const);
}

/** Makes `count` calls in each page at once, and returns the number of answers in each. */
function readAll(pages: Page[], count: number): Promise<number[]> {
  return Promise.all(
    pages.map((page, at) => page.evaluate(([at, count]) => window.pressure.read(`none-${at}`, count), [at, count] as const)),
  );
}

/** The page that leads the budget, found by the name of its lock. */
async function leaderOf(pages: Page[]): Promise<Page> {
  for (const page of pages) {
    const leads = await page.evaluate(async () => {
      const me = (await navigator.locks.query()).held ?? [];
      const lead = me.find((lock) => lock.name?.endsWith(".lead"));
      const alive = me.filter((lock) => lock.name?.includes(".alive-") && lock.clientId === lead?.clientId);
      const probe = `probe-${Math.random()}`;
      return navigator.locks.request(probe, async () => {
        const held = (await navigator.locks.query()).held ?? [];
        const mine = held.find((lock) => lock.name === probe)?.clientId;
        return alive.some((lock) => lock.clientId === mine);
      });
    });
    if (leads) return page;
  }
  throw new Error("no page leads");
}

test.describe("with sixty requests in ten seconds", () => {
  test.use({ serverFlags: ["--rate-limit", "60", "--window", "10"] });

  test("five pages make 300 calls as carefully as one", async ({ context, server }) => {
    const pages = await openAll(context, server, 5);
    const began = Date.now();
    expect(await readAll(pages, 60)).toEqual([60, 60, 60, 60, 60]);
    // Five windows, of which the last takes no time: at least 40 s.
    const took = `${((Date.now() - began) / 1_000).toFixed(1)} s`;
    test.info().annotations.push({ type: "300 calls of 5 pages took", description: took });
    const sent = await requests(server.apiUrl, { operation: "get_app" });
    expect(await requests(server.apiUrl, { status: 429 }), "requests that the server refused").toBeLessThan(sent / 100);
    expect(sent, "no request is sent twice").toBeLessThanOrEqual(303);
  });

  test("the leading page closes in the middle", async ({ context, server }) => {
    const pages = await openAll(context, server, 4);
    const leader = await leaderOf(pages);
    const others = pages.filter((page) => page !== leader);
    const lost = leader.evaluate(() => window.pressure.read("lost", 60)).catch(() => 0);
    const answers = readAll(others, 40);
    await expect.poll(() => requests(server.apiUrl, { operation: "get_app" })).toBeGreaterThan(20);
    await leader.close();
    expect(await answers).toEqual([40, 40, 40]);
    await lost;
    expect(await requests(server.apiUrl, { status: 429 })).toBeLessThanOrEqual(2);
    expect(await others[0]?.evaluate(() => window.pressure.pages())).toBe(3);
  });

  test("the leading page is frozen in the middle, and resumes", async ({ context, server }) => {
    const pages = await openAll(context, server, 3);
    const leader = await leaderOf(pages);
    const others = pages.filter((page) => page !== leader);
    const mine = leader.evaluate(() => window.pressure.read("mine", 40));
    const answers = readAll(others, 40);
    await expect.poll(() => requests(server.apiUrl, { operation: "get_app" })).toBeGreaterThan(20);
    const devtools = await context.newCDPSession(leader);
    await devtools.send("Page.setWebLifecycleState", { state: "frozen" });
    expect(await answers).toEqual([40, 40]);
    await devtools.send("Page.setWebLifecycleState", { state: "active" });
    expect(await mine).toBe(40);
    expect(await requests(server.apiUrl, { status: 429 })).toBeLessThanOrEqual(2);
  });

  test("all pages sleep, as when the lid is closed, and resume", async ({ context, server }) => {
    const pages = await openAll(context, server, 3);
    const answers = readAll(pages, 40);
    await expect.poll(() => requests(server.apiUrl, { operation: "get_app" })).toBeGreaterThan(20);
    const devtools = await Promise.all(pages.map((page) => context.newCDPSession(page)));
    for (const session of devtools) await session.send("Page.setWebLifecycleState", { state: "frozen" });
    await advanceClock(server.apiUrl, 3_600);
    for (const session of devtools) await session.send("Page.setWebLifecycleState", { state: "active" });
    expect(await answers).toEqual([40, 40, 40]);
    expect(await requests(server.apiUrl, { operation: "renew_session", status: 200 })).toBeLessThanOrEqual(1);
  });

  for (const missing of ["locks", "BroadcastChannel"]) {
    test(`pages without ${missing} work alone`, async ({ context, server }) => {
      await context.addInitScript((missing) => {
        if (missing === "locks") {
          Object.defineProperty(Navigator.prototype, "locks", { get: () => undefined });
        } else {
          Object.defineProperty(window, missing, { value: undefined });
        }
      }, missing);
      const pages = [await open(context, server), await open(context, server)];
      for (const page of pages) {
        await signIn(page);
      }
      expect(await readAll(pages, 60)).toEqual([60, 60]);
      expect(await pages[0]?.evaluate(() => window.pressure.pages())).toBe(1);
    });
  }

  test("pages without storage work alone", async ({ server }) => {
    await withStorageBlocked(server.consoleUrl, async (context) => {
      const pages = [await open(context, server), await open(context, server)];
      for (const page of pages) await signIn(page);
      expect(await readAll(pages, 60)).toEqual([60, 60]);
    });
  });
});

test.describe("when the access token expires", () => {
  test.use({ serverFlags: ["--rate-limit", "5000", "--access-ttl", "600"] });

  test("twenty pages with fifty calls each renew once, and no page is signed out", async ({ context, server }) => {
    const pages = await openAll(context, server, 20);
    await advanceClock(server.apiUrl, 601);
    expect(await readAll(pages, 50)).toEqual(pages.map(() => 50));
    expect(await requests(server.apiUrl, { operation: "renew_session" })).toBe(1);
    for (const page of pages) {
      expect(await page.evaluate(() => window.pressure.email())).toBe(EMAIL);
    }
  });

  test("closing a page during its renewal costs at most one sign-in, and no call runs twice", async ({ context, server }) => {
    const pages = await openAll(context, server, 3);
    const outside = await signInOutside(server.apiUrl, EMAIL, PASSWORD);
    const [app = ""] = await outside.apps();
    const before = await requests(server.apiUrl, { operation: "restart_app", status: 200 });
    await advanceClock(server.apiUrl, 601);
    const [first, ...others] = pages;
    const lost = first?.evaluate((app) => window.pressure.restart(app, 1), app).catch(() => 0);
    const ends = Promise.all(others.map((page) => page.evaluate((app) => window.pressure.restart(app, 1), app)));
    await first?.close();
    await lost;
    // The renewal may or may not have been sent; signing in again resumes the calls.
    for (const page of others.slice(0, 1)) await signIn(page);
    expect(await ends).toEqual([1, 1]);
    expect((await requests(server.apiUrl, { operation: "restart_app", status: 200 })) - before).toBeLessThanOrEqual(3);
  });
});

test("signing out in one page signs out all pages", async ({ context, server }) => {
  const pages = await openAll(context, server, 3);
  await pages[1]?.evaluate(() => window.pressure.read("none", 1));
  await pages[0]?.evaluate(() => window.pressure.sign_out());
  for (const page of pages) {
    await expect.poll(() => page.evaluate(() => window.pressure.email())).toBeUndefined();
    expect(await page.evaluate(() => JSON.stringify(Object.values(sessionStorage)))).not.toContain("token");
  }
});

test("a page of another user shares nothing", async ({ context, server }) => {
  const pages = await openAll(context, server, 2);
  const stranger = await open(context, server);
  await signUpOutside(server.apiUrl, "other@example.com", "another password");
  await signIn(stranger, "other@example.com", "another password");
  expect(await stranger.evaluate(() => window.pressure.read("none", 3))).toBe(3);
  expect(await stranger.evaluate(() => window.pressure.pages())).toBe(1);
  await stranger.evaluate(() => window.pressure.sign_out());
  expect(await pages[0]?.evaluate(() => window.pressure.email())).toBe(EMAIL);
  expect(await pages[1]?.evaluate(() => window.pressure.read("none", 3))).toBe(3);
});
