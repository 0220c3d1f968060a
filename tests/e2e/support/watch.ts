// What no page may do, whatever a test is about: throw, panic, break the content security policy,
// or talk to anybody but its own origin and the API.

import type { BrowserContext, ConsoleMessage } from "@playwright/test";

import type { SandboxServer } from "./server.ts";

const FORBIDDEN_IN_CONSOLE = [
  /Refused to/,
  /Content Security Policy/,
  /requires 'Trusted/,
  /panicked at/,
];

/** What the pages of one browser context did wrong so far. */
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

  /** Lets a problem pass, in a test that is about it. */
  expect(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  /** The problems that no test asked for. */
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
