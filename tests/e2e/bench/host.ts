// A host on this machine that serves as a production host does: brotli at the highest level,
// compressed in advance. It counts the bytes that it sends.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { brotliCompressSync, constants } from "node:zlib";

/** How many rows make the large answer about 25 MB of JSON. */
const ROWS = 100_000;

/** After so long without a request, a page counts as fully loaded. */
const QUIET_MS = 500;

const TYPES: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** A file as it is sent. */
interface Packed {
  type: string;
  body: Buffer;
}

/** Serves files, and at `/rows` an answer of 25 MB. */
export class Host {
  readonly #server = createServer((request, response) => this.#answer(request, response));
  readonly #files = new Map<string, Packed>();
  readonly #rows = Buffer.from(rows());
  #sent = 0;
  #answering = 0;
  #lastAnswered = 0;

  /** The size of the answer at `/rows` in bytes. */
  get answerSize(): number {
    return this.#rows.length;
  }

  /** Compressed bytes of the files sent since the last call, without headers. */
  takeSent(): number {
    const sent = this.#sent;
    this.#sent = 0;
    return sent;
  }

  /** Waits until a page is fully loaded. */
  async quiet(): Promise<void> {
    for (;;) {
      const rest = this.#answering > 0 ? QUIET_MS : this.#lastAnswered + QUIET_MS - performance.now();
      if (rest <= 0) return;
      await after(rest);
    }
  }

  /** Offers a file. `quality` is brotli's, from 0 to 11. */
  offer(path: string, content: Buffer | string, quality = 11): void {
    const whole = Buffer.from(content);
    const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: whole.length };
    const type = TYPES[extname(path)] ?? "application/octet-stream";
    this.#files.set(path, { type, body: brotliCompressSync(whole, { params }) });
  }

  /** Offers a file at another address as well. */
  alias(path: string, of: string): void {
    const file = this.#files.get(of);
    if (!file) throw new Error(`the host has no ${of}`);
    this.#files.set(path, file);
  }

  /** Starts listening, and returns the origin. */
  async start(): Promise<string> {
    await new Promise<void>((ready) => this.#server.listen(0, "127.0.0.1", ready));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Stops, and closes all connections. */
  async stop(): Promise<void> {
    const stopped = new Promise((done) => this.#server.close(done));
    this.#server.closeAllConnections();
    await stopped;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    this.#answering += 1;
    response.once("close", () => {
      this.#answering -= 1;
      this.#lastAnswered = performance.now();
    });
    response.setHeader("cache-control", "no-store");
    if (pathname === "/rows") {
      response.writeHead(200, { "content-type": "application/json", "content-length": this.#rows.length });
      response.end(this.#rows);
      return;
    }
    const file = this.#files.get(pathname);
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    this.#sent += file.body.length;
    response.writeHead(200, {
      "content-type": file.type,
      "content-encoding": "br",
      "content-length": file.body.length,
    });
    response.end(file.body);
  }
}

/** JSON of many small objects with all kinds of values. */
function rows(): string {
  const data = Array.from({ length: ROWS }, (_, at) => ({
    id: at,
    name: `quiet-amber-heron-${at}`,
    size: (at * 37) % 1000,
    ratio: at / 7,
    active: at % 3 === 0,
    parent: at % 5 === 0 ? null : `quiet-amber-heron-${Math.floor(at / 5)}`,
    tags: ["blue", "green", `tag-${at % 100}`],
    note: "A made-up sentence that makes a row about as long as rows of real answers are.",
  }));
  return JSON.stringify({ title: "first words of the answer", data });
}
