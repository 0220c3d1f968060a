// A third-party API: a server on this machine that serves its description to pages of any origin and
// records the requests that it receives.

import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** A received request. */
export interface Received {
  method: string;
  /** As it was sent, still percent-encoded. */
  path: string;
  /** The query's pairs in their original order. */
  query: [string, string][];
  /** The body parsed as JSON; null if there was none. */
  body: unknown;
}

/** A running server. */
export interface ForeignApi {
  origin: string;
  /** The address of the description. */
  description: string;
  /** All requests except those for the description, in order. */
  received: Received[];
  /** The answer to every request except those for the description. */
  answer: { status: number; body: unknown };
  stop(): Promise<void>;
}

/** Starts a server for an API, given its description as JSON; the caller stops it. */
export async function startForeignApi(description: string): Promise<ForeignApi> {
  const api: Omit<ForeignApi, "origin" | "description" | "stop"> = {
    received: [],
    answer: { status: 200, body: { message: "as asked for" } },
  };
  let served = "";
  const server = createServer(async (request, response) => {
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("access-control-allow-headers", "*");
    response.setHeader("access-control-allow-methods", "*");
    response.setHeader("content-type", "application/json");
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    if (request.method === "OPTIONS") {
      response.writeHead(204).end();
    } else if (pathname === "/description.json") {
      response.end(served);
    } else {
      const text = await read(request);
      api.received.push({
        method: request.method ?? "",
        path: pathname,
        query: [...searchParams],
        body: text === "" ? null : (JSON.parse(text) as unknown),
      });
      response.writeHead(api.answer.status).end(JSON.stringify(api.answer.body));
    }
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  served = JSON.stringify({ ...(JSON.parse(description) as object), servers: [{ url: origin }] });
  const stop = async () => {
    const stopped = new Promise((done) => server.close(done));
    server.closeAllConnections();
    await stopped;
  };
  return Object.assign(api, { origin, description: `${origin}/description.json`, stop });
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
