// The sample documentation, served from a separate origin beside a test's console.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

import { docsFolder } from "../environment.ts";

/** The console that the site was built for; a test replaces it with its own. */
const BUILT_FOR = "https://console.example";

const TYPES: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".png": "image/png",
  ".svg": "image/svg+xml",
};

/** A site that is being served. */
export interface DocsSite {
  /** Its origin. */
  url: string;
  /** Stops serving it. */
  stop(): Promise<void>;
}

/** Serves the site for a console; the caller stops it. */
export async function startDocs(consoleUrl: string): Promise<DocsSite> {
  const server = createServer(async (request, answer) => {
    const { pathname } = new URL(request.url ?? "/", "http://docs");
    const path = normalize(pathname === "/" ? "/index.html" : pathname);
    const type = TYPES[extname(path)] ?? "application/octet-stream";
    try {
      const file = await readFile(join(docsFolder(), path));
      answer.writeHead(200, { "content-type": `${type}; charset=utf-8` });
      answer.end(type === "text/html" ? file.toString().replaceAll(BUILT_FOR, consoleUrl) : file);
    } catch {
      answer.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
