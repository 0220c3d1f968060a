// What a page asks the API for.

import type { Page, Request } from "@playwright/test";

import { advanceClock, expect, type SandboxServer } from "./fixtures.ts";
import { settled } from "./pages.ts";

/** The calls of one page since it was created. */
export class Traffic {
  readonly #page: Page;
  readonly #sent: string[] = [];
  readonly #unanswered = new Set<Request>();

  /** Listens from now on. */
  constructor(page: Page, server: SandboxServer) {
    this.#page = page;
    page.on("request", (request) => {
      if (request.url().startsWith(`${server.apiUrl}/api/`) && request.method() !== "OPTIONS") {
        this.#unanswered.add(request);
        this.#sent.push(`${request.method()} ${new URL(request.url()).pathname}`);
      }
    });
    // Not its end, which a log stream does not have.
    page.on("response", (response) => this.#unanswered.delete(response.request()));
    page.on("requestfailed", (request) => this.#unanswered.delete(request));
  }

  /** What was sent since the last call of this, such as `GET /api/apps`. */
  take(): string[] {
    return this.#sent.splice(0);
  }

  /** Waits until the page has all answers, and what they made it ask for next. */
  async quiet(): Promise<void> {
    await expect(async () => {
      await settled(this.#page);
      const sent = this.#sent.length;
      // What follows from an answer follows within a frame or two.
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
