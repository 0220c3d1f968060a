// Two sites on separate origins: one with pages that embed the playground, under the strictest policy,
// and one that has the script and a stand-in for the playground's page.

import { readFile } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** The two sites while they are being served. */
export interface Sites {
  /** Origin of the embedding pages. */
  hostUrl: string;
  /** Origin of the script and the frame. */
  consoleUrl: string;
  /** The address of a page with this body; it loads the script unless `withScript` is false. */
  page(body: string, head?: string, withScript?: boolean): string;
  /** Whether frames send no messages from now on. */
  silence(silent: boolean): void;
  /** The paths requested from the console's origin. */
  asked(): string[];
  /** The addresses of pages that reached the frame's server. */
  referrers(): string[];
  /** Stops both. */
  stop(): Promise<void>;
}

const SCRIPT = new URL("../../../../public/embed.js", import.meta.url);

const SHEETS = new Map([
  ["/own.css", "body { font: 16px serif; color: #222 } .far { height: 5000px }"],
  ["/both.css", "@media (prefers-color-scheme: dark) { body { background: #15161c; color: #eee } }"],
  [
    "/strange.css",
    `* { letter-spacing: 9px; text-transform: uppercase }
     button { all: unset; font-size: 50px !important } body { font: 40px fantasy; color: red; line-height: 3 }`,
  ],
]);

/** Sends the ready message, and records messages and typed keys; it has one focusable element. */
const FRAME = (silent: boolean) => `<!doctype html><html lang="en"><title>Stand-in</title>
<script>
  window.told = [];
  window.typed = "";
  addEventListener("keydown", ({ key }) => (window.typed += key));
  addEventListener("message", ({ data }) => window.told.push(data));
  ${silent ? "" : `addEventListener("load", () => parent.postMessage({ source: "backoffice-playground", version: 1, type: "ready" }, "*"));`}
</script>
<body><main><h1>Stand-in</h1><label>Line <input></label></main></body></html>`;

/** Serves both sites; the caller stops them. */
export async function startSites(): Promise<Sites> {
  const script = await readFile(SCRIPT);
  const asked: string[] = [];
  const referrers: string[] = [];
  let silent = false;

  const console = createServer((request, answer) => {
    const path = new URL(request.url ?? "/", "http://frame").pathname;
    asked.push(path);
    if (path === "/embed.js") {
      answer.setHeader("access-control-allow-origin", "*");
      send(answer, "text/javascript", script);
    } else if (path === "/playground") {
      if (request.headers.referer) referrers.push(request.headers.referer);
      send(answer, "text/html", FRAME(silent));
    } else {
      send(answer, "text/plain", "", 404);
    }
  });
  const consoleUrl = await listen(console);

  const pages: string[] = [];
  const host = createServer((request, answer) => {
    const url = new URL(request.url ?? "/", "http://host");
    const styles = SHEETS.get(url.pathname);
    if (styles !== undefined) {
      send(answer, "text/css", styles);
    } else if (url.pathname === "/playground") {
      send(answer, "text/html", `<!doctype html><html lang="en"><title>Wrong</title><p>at the wrong origin`);
    } else if (url.pathname === "/page") {
      const policy = ["default-src 'none'", `script-src ${consoleUrl}`, "style-src 'self'", "img-src data:", `frame-src ${consoleUrl} 'self'`];
      answer.setHeader("content-security-policy", policy.join("; "));
      send(answer, "text/html", pages[Number(url.searchParams.get("at"))] ?? "");
    } else {
      send(answer, "text/plain", "", 404);
    }
  });
  const hostUrl = await listen(host);

  return {
    hostUrl,
    consoleUrl,
    page: (body, head = "", withScript = true) => {
      const tag = withScript ? `<script type="module" src="${consoleUrl}/embed.js" async></script>` : "";
      const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Guide</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/own.css">${head}${tag}</head><body>${body}</body></html>`;
      return `${hostUrl}/page?at=${pages.push(page) - 1}`;
    },
    silence: (value) => {
      silent = value;
    },
    asked: () => asked,
    referrers: () => referrers,
    stop: async () => {
      await Promise.all([console, host].map(close));
    },
  };
}

function send(answer: ServerResponse, type: string, body: string | Buffer, status = 200): void {
  answer.writeHead(status, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-store" });
  answer.end(body);
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
