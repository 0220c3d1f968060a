// The requests that a page makes to the API.

import type { Page, Request } from "@playwright/test";

import { advanceClock, expect, type SandboxServer } from "./fixtures.ts";
import { settled } from "./pages.ts";

/** The calls of one page since it was created. */
export class Traffic {
  readonly #page: Page;
  readonly #sent: string[] = [];
  readonly #unanswered = new Set<Request>();

  /** Starts recording. */
  constructor(page: Page, server: SandboxServer) {
    this.#page = page;
    page.on("request", (request) => {
      if (request.url().startsWith(`${server.apiUrl}/api/`) && request.method() !== "OPTIONS") {
        this.#unanswered.add(request);
        this.#sent.push(`${request.method()} ${new URL(request.url()).pathname}`);
      }
    });
    // Not the end of the answer: a log stream has none.
    page.on("response", (response) => this.#unanswered.delete(response.request()));
    page.on("requestfailed", (request) => this.#unanswered.delete(request));
  }

  /** The requests since the last call, such as `GET /api/apps`. */
  take(): string[] {
    return this.#sent.splice(0);
  }

  /** Waits until every request so far has its answer. */
  async answered(): Promise<void> {
    await expect.poll(() => this.#unanswered.size).toBe(0);
  }

  /** Waits until the page has all answers, including those to follow-up requests. */
  async quiet(): Promise<void> {
    await expect(async () => {
      await settled(this.#page);
      const sent = this.#sent.length;
      // A follow-up request starts within a frame or two of an answer.
      await this.#page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      );
      expect([this.#unanswered.size, this.#sent.length]).toEqual([0, sent]);
    }).toPass();
  }
}

/** Lets time pass at once, for a server and for a page whose clock is installed. */
export async function pass(page: Page, server: SandboxServer, seconds: number): Promise<void> {
  await advanceClock(server.apiUrl, seconds);
  await page.clock.fastForward(seconds * 1_000);
}
