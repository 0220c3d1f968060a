// The playground's API explorer compared with other explorers.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";

import { chromium, test, type Browser, type Page } from "@playwright/test";

import { required } from "../support/environment.ts";
import { Host } from "./host.ts";
import { held } from "./probe.ts";
import { PRODUCTS, type Product } from "./products.ts";
import { machine, Results, writeSection } from "./results.ts";
import { countFrom, memory, painted, takeLongestTask, watch } from "./watcher.ts";

/** The descriptions on the host. */
const SMALL = "/small.json";
const LARGE = "/large.json";
const ANSWER = "/answer.json";

/** An operation of the large description, and the search text that finds it. */
const WANTED = { path: "/gists", search: "gists" };

/** How slow a throttled page is: a phone on a mobile network. */
const SLOW = { latency: 60, downloadThroughput: 9_000_000 / 8, uploadThroughput: 9_000_000 / 8, offline: false };
const SLOW_CPU = 4;

test("playground", async () => {
  test.setTimeout(3_600_000);
  const runs = Number(required("BENCH_RUNS"));
  const only = (process.env["BENCH_ONLY"] ?? "").split(",").filter((key) => key !== "");
  const products = PRODUCTS.filter(({ key }) => only.length === 0 || only.includes(key));
  const bench = new Bench(new Host());
  await bench.prepare(products);
  for (let run = 0; run <= runs; run += 1) {
    for (const product of products) {
      if (run === 0) {
        // The first start of the browser reads it from the disk, so its numbers are discarded.
        await bench.small(product, new Results());
        continue;
      }
      await bench.small(product, bench.results);
      await bench.large(product);
      await bench.answer(product);
      console.log(`run ${run} of ${runs}: ${product.name}`);
    }
  }
  await bench.end();
  const names = products.map((product) => [product.name, product.version()].filter(Boolean).join(" "));
  const table = bench.results.comparison();
  writeSection(required("BENCH_PAGE"), "The playground among others", bench.page(runs, only, names, table));
  console.log(table);
});

class Bench {
  readonly results = new Results();
  readonly #host: Host;
  readonly #frozen = new Set<Product>();
  #origin = "";
  #chromium = "";
  #largest = "";
  #empty = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Puts everything on the host. */
  async prepare(products: Product[]): Promise<void> {
    this.#origin = await this.#host.start();
    for (const product of products) product.offer(this.#host);
    this.#host.offer(SMALL, readFileSync(required("BENCH_DESCRIPTION")));
    const largest = readFileSync(join(required("BENCH_PEERS"), "node_modules/@octokit/openapi/generated/api.github.com.json"));
    this.#largest = `GitHub's (${(largest.length / 1_000_000).toFixed(1)} MB)`;
    // The highest level would take a minute; all products get the same one.
    this.#host.offer(LARGE, largest, 5);
    this.#host.offer(ANSWER, JSON.stringify(answering(this.#origin)));
    await this.#launch(async (page, browser) => {
      await page.goto("about:blank");
      this.#empty = await memory(browser);
    });
  }

  async end(): Promise<void> {
    await this.#host.stop();
  }

  /** A small API, at the speed of this machine and of a phone. */
  async small(product: Product, results: Results): Promise<void> {
    await this.#open(product, SMALL, async (page) => {
      results.add(product.name, "small API: list", "ms", await painted(page, "listed"));
      await this.#host.quiet();
      results.add(product.name, "small API: all files", "kB", this.#host.takeSent() / 1000);
    });
    await this.#open(
      product,
      SMALL,
      async (page) => results.add(product.name, "small API, throttled: list", "ms", await painted(page, "listed")),
      async (page) => {
        const session = await page.context().newCDPSession(page);
        await session.send("Network.enable");
        await session.send("Network.emulateNetworkConditions", SLOW);
        await session.send("Emulation.setCPUThrottlingRate", { rate: SLOW_CPU });
      },
    );
  }

  /** The largest public description. */
  async large(product: Product): Promise<void> {
    const note = (what: string, unit: string, value: number) => this.results.add(product.name, `large API: ${what}`, unit, value);
    await this.#open(product, LARGE, async (page, browser) => {
      note("list", "ms", await painted(page, "listed"));
      await this.#host.quiet();
      note("longest task", "ms", await takeLongestTask(page));
      note("JavaScript heap", "MB", (await held(page)).heap);
      note("memory", "MB", await memory(browser));
      await product.focusSearch(page);
      // Inserted text presses no key, so the only key event is the last one.
      await countFrom(page, product.searchesOn === "Enter" ? "keydown" : "input", "found", WANTED.path);
      await page.keyboard.insertText(WANTED.search);
      if (product.searchesOn === "Enter") await page.keyboard.press("Enter");
      note("search", "ms", await painted(page, "found"));
    });
  }

  /** An answer of 25 MB. A product that froze once is not measured again. */
  async answer(product: Product): Promise<void> {
    const note = (what: string, value: number) => this.results.add(product.name, `25 MB answer: ${what}`, "ms", value);
    if (this.#frozen.has(product)) return;
    await this.#open(product, ANSWER, async (page) => {
      await painted(page, "listed");
      await product.openOperation(page);
      await takeLongestTask(page);
      await countFrom(page, "click", "shown", "first words of the answer");
      await product.send(page);
      const shown = await painted(page, "shown");
      note("shown", shown);
      const frozen = shown === Number.POSITIVE_INFINITY && !(await responds(page));
      if (frozen) this.#frozen.add(product);
      note("longest task", frozen ? shown : await takeLongestTask(page));
    });
  }

  /** What the page of results says. */
  page(runs: number, only: string[], names: string[], table: string): string {
    const flags = [`--runs ${runs}`, ...(only.length > 0 ? [`--only ${only.join(",")}`] : [])].join(" ");
    return `Made by \`cargo xtask bench playground ${flags}\`: ${names.join(", ")}, in one run on the same machine.

Machine: ${machine(this.#chromium)}.

Each value is the median of ${runs}, with the lowest and the highest behind it, and is measured in a browser that has just been started and has nothing cached.
This machine serves all of them, compressed by brotli; file sizes are compressed, with the description and without headers.
The small API is this project's own; throttled means 9 Mbps with 60 ms of latency and a processor four times as slow.
The large API is ${this.#largest}.
"List" is the time until the list is painted: with an operation, or in Scalar, where groups are closed, with a group.
"Longest task" counts tasks of over 50 ms, until the list is painted and nothing has been fetched for half a second, or until the answer is shown.
The JavaScript heap is measured after a garbage collection and leaves out WebAssembly, workers and buffers; the memory is the private memory of the browser's processes for pages and workers; an empty page has ${Math.round(this.#empty)} MB.
A search lasts from the input of a whole word, or in RapiDoc from the Enter key after it, until the list shows the results. Swagger UI has a search only if the page turns it on.
The answer has ${(this.#host.answerSize / 1_000_000).toFixed(1)} MB and comes from this machine; the time is from the press of the button to its first words.

${table}`;
  }

  async #open(
    product: Product,
    api: string,
    use: (page: Page, browser: Browser) => Promise<void>,
    before: (page: Page) => Promise<void> = async () => {},
  ): Promise<void> {
    await this.#launch(async (page, browser) => {
      await watch(page, product);
      await before(page);
      this.#host.takeSent();
      await page.goto(`${this.#origin}${product.address(api)}`, { waitUntil: "commit" });
      await use(page, browser);
    });
  }

  async #launch(use: (page: Page, browser: Browser) => Promise<void>): Promise<void> {
    const browser = await chromium.launch(test.info().project.use.launchOptions);
    try {
      this.#chromium = browser.version();
      await use(await browser.newPage({ viewport: { width: 1280, height: 900 } }), browser);
    } finally {
      await browser.close();
    }
  }
}

/** Whether the page still runs anything. */
async function responds(page: Page): Promise<boolean> {
  return Promise.race([page.evaluate(() => true).catch(() => false), after(5_000, false, { ref: false })]);
}

/** A description of the host's large answer. */
function answering(origin: string): object {
  return {
    openapi: "3.0.3",
    info: { title: "Rows", version: "1" },
    servers: [{ url: origin }],
    paths: {
      "/rows": {
        get: {
          tags: ["rows"],
          operationId: "listRows",
          summary: "List rows",
          responses: { 200: { description: "All rows", content: { "application/json": { schema: { type: "object" } } } } },
        },
      },
    },
  };
}
