// What no page may do in any test: throw, panic, break the content security policy, or talk to an
// origin other than its own and the API's.

import type { BrowserContext, ConsoleMessage } from "@playwright/test";

import type { SandboxServer } from "./server.ts";

const FORBIDDEN_IN_CONSOLE = [
  /Refused to/,
  /Content Security Policy/,
  /requires 'Trusted/,
  /panicked at/,
];

/** The problems of one browser context's pages so far. */
export class Watch {
  readonly #problems: string[] = [];
  readonly #expected: RegExp[] = [];

  /** Watches a context until it closes. */
  constructor(context: BrowserContext, server: SandboxServer) {
    const origins = allowedOrigins(server);
    const checkUrl = (url: string) => {
      if (/^(https?|wss?):/.test(url) && !origins.has(originOf(url))) {
        this.#problems.push(`request to another origin: ${url}`);
      }
    };
    context.on("weberror", (webError) => {
      const thrown = webError.error();
      this.#problems.push(`page error: ${thrown.stack ?? thrown.message}`);
    });
    context.on("console", (message: ConsoleMessage) => {
      const text = message.text();
      if (FORBIDDEN_IN_CONSOLE.some((pattern) => pattern.test(text))) {
        this.#problems.push(`console ${message.type()}: ${text}`);
      }
    });
    context.on("request", (request) => checkUrl(request.url()));
    context.on("page", (page) => page.on("websocket", (socket) => checkUrl(socket.url())));
  }

  /** Allows a problem, in a test that provokes it. */
  expect(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  /** The problems that the test has not allowed. */
  problems(): string[] {
    return this.#problems.filter((problem) => !this.#expected.some((known) => known.test(problem)));
  }
}

function allowedOrigins({ api, apiUrl, consoleUrl }: SandboxServer): Set<string> {
  // With the sandbox in the browser, even a call to the server's API would be a mistake.
  const urls = api === "browser" ? [consoleUrl] : [consoleUrl, apiUrl];
  return new Set(urls.map(originOf));
}

/** The origin that a WebSocket shares with the pages of its host. */
function originOf(url: string): string {
  return new URL(url.replace(/^ws/, "http")).origin;
}
