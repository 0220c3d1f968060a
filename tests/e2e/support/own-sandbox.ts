// The sandbox inside a page of the console: a test moves its clock as it moves that of a server.

import type { Page } from "@playwright/test";

declare global {
  interface Window {
    /** The worker that the page has started last. */
    startedWorker?: Worker;
  }
}

/** What a test may ask of it. */
export interface OwnSandbox {
  /** Moves its clock forward. */
  advanceClock(seconds: number): Promise<void>;
}

/** No call of a page has such a number, so that it takes the answer for none of its own. */
const CALL = 0xffff_fff0;

/** Holds on to the sandbox of a page, before the page is opened. */
export async function holdSandbox(page: Page): Promise<OwnSandbox> {
  await page.addInitScript(() => {
    const Started = window.Worker;
    window.Worker = class extends Started {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        window.startedWorker = this;
      }
    };
  });
  return { advanceClock: (seconds) => advanceClock(page, seconds) };
}

async function advanceClock(page: Page, seconds: number): Promise<void> {
  const body = JSON.stringify({ advance_seconds: seconds });
  const headers = [["content-type", "application/json"]];
  const request = { kind: "request", id: CALL, method: "POST", path: "/sandbox/clock", query: "", headers, body };
  const status = await page.evaluate(
    (request) =>
      new Promise<unknown>((resolve, reject) => {
        const worker = window.startedWorker;
        if (!worker) return reject(new Error("the page has started no sandbox"));
        const hear = ({ data }: MessageEvent) => {
          if (data.id !== request.id || (data.kind !== "head" && data.kind !== "error")) return;
          worker.removeEventListener("message", hear);
          resolve(data.status ?? data.message);
        };
        worker.addEventListener("message", hear);
        worker.postMessage(request);
      }),
    request,
  );
  if (status !== 200) throw new Error(`the clock answered ${status}`);
}
