// The sandbox's control endpoints, which only tests and people use, never the console.

/** A mail that the sandbox sent. */
export interface Mail {
  to: string;
  subject: string;
  code: string | null;
  link: string | null;
  sent_at: string;
}

/** Advances the sandbox's clock; tests do this instead of waiting. */
export async function advanceClock(apiUrl: string, seconds: number): Promise<void> {
  await call(`${apiUrl}/sandbox/clock`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ advance_seconds: seconds }),
  });
}

/** The number of requests of one kind since the server started. */
export interface Count {
  operation: string;
  status: number;
  count: number;
}

/** All counts. */
export async function counts(apiUrl: string): Promise<Count[]> {
  const answer = await call(`${apiUrl}/sandbox/requests`);
  const { data } = (await answer.json()) as { data: { counts: Count[] } };
  return data.counts;
}

/** The number of requests to one operation or to any, with one status or any. */
export async function requests(apiUrl: string, which: { operation?: string; status?: number }): Promise<number> {
  return (await counts(apiUrl))
    .filter((row) => which.operation === undefined || row.operation === which.operation)
    .filter((row) => which.status === undefined || row.status === which.status)
    .reduce((sum, row) => sum + row.count, 0);
}

/** The mails to an address, newest first. */
export async function mailbox(apiUrl: string, to: string): Promise<Mail[]> {
  const query = new URLSearchParams({ to });
  const answer = await call(`${apiUrl}/sandbox/mailbox?${query}`);
  const { data } = (await answer.json()) as { data: Mail[] };
  return data;
}

async function call(url: string, request?: RequestInit): Promise<Response> {
  const answer = await fetch(url, request);
  if (!answer.ok) {
    throw new Error(`${request?.method ?? "GET"} ${url}: ${answer.status} ${await answer.text()}`);
  }
  return answer;
}
