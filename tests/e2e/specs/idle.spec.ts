// An idle page costs nothing: 10,000 requests a month are 14 an hour.

import { advanceClock, expect, test } from "../support/fixtures.ts";
import { SIGNED_IN } from "../support/pages.ts";
import { requests } from "../support/sandbox.ts";
import { signInAsDemo } from "../support/steps.ts";
import { Traffic } from "../support/traffic.ts";

const HOUR = 60 * 60;

test.use({ serverFlags: ["--rate-limit", "1000"] });

test("an hour on any idle page sends no requests", async ({ page, server }) => {
  test.setTimeout(180_000);
  const traffic = new Traffic(page, server);
  await page.clock.install();
  await signInAsDemo(page);
  for (const { path } of SIGNED_IN) {
    await page.goto(path);
    await traffic.quiet();
    // The access token expired during the previous hour. Before the tab renews, it asks the other
    // tabs and waits a moment for their answers.
    await page.clock.fastForward(10_000);
    await traffic.quiet();
    traffic.take();
    const before = await requests(server.apiUrl, {});
    await advanceClock(server.apiUrl, HOUR);
    // In steps: after a jump, a timer that restarts itself would fire only once.
    for (let minute = 0; minute < 60; minute += 1) {
      await page.clock.fastForward(60_000);
    }
    await traffic.quiet();
    expect(traffic.take(), `${path} asks while nothing happens`).toEqual([]);
    expect(await requests(server.apiUrl, {}), `requests at the server from ${path}`).toBe(before);
  }
});
