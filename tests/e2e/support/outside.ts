// The API as clients outside of the browser use it: the user's command line, their CI.

import { expect } from "@playwright/test";

import { mailbox } from "./sandbox.ts";

/** A client that is signed in. */
export interface Outsider {
  /** The status of a request with the session's token. */
  get(path: string): Promise<number>;
  /** The names of all apps. */
  apps(): Promise<string[]>;
}

/** Signs in. */
export async function signInOutside(apiUrl: string, email: string, password: string): Promise<Outsider> {
  const { access_token } = await post<{ access_token: string }>(apiUrl, "/api/session", {
    user: { email, password },
  });
  const get = (path: string) => fetch(`${apiUrl}${path}`, { headers: { authorization: access_token } });
  return {
    get: async (path) => (await get(path)).status,
    apps: async () => {
      const { data } = (await (await get("/api/apps")).json()) as { data: { unique_name: string }[] };
      return data.map((app) => app.unique_name);
    },
  };
}

/** Uses up the rate limit of the demo's user, as their own CI would. */
export async function useUp(apiUrl: string): Promise<void> {
  const client = await signInOutside(apiUrl, "demo@backoffice.example", "sandbox-demo");
  await expect(async () => expect(await client.get("/api/apps")).toBe(429)).toPass();
}

/** Signs up, with the code from the sandbox's mailbox. */
export async function signUpOutside(apiUrl: string, email: string, password: string): Promise<void> {
  const { uuid } = await post<{ uuid: string }>(apiUrl, "/api/signup", { email });
  const [mail] = await mailbox(apiUrl, email);
  await post(apiUrl, "/api/signup", { uuid, confirmation_code: mail?.code });
  await post(apiUrl, "/api/signup", { uuid, password });
  await post(apiUrl, "/api/signup", { uuid, tier: "FREE" });
}

async function post<T>(apiUrl: string, path: string, body: unknown): Promise<T> {
  const answer = await fetch(`${apiUrl}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) {
    throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`);
  }
  return ((await answer.json()) as { data: T }).data;
}
