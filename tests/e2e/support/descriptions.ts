// API descriptions by others, each over a megabyte, and what the tests do with them. The folder of
// the same name pins their versions, so all of this stays true.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { descriptionsFolder } from "./environment.ts";

/** One step of a user in the form of an operation. */
export type Step =
  /** Types a text into the field with a label. */
  | { fill: string; with: string }
  /** Chooses from the list with a label. */
  | { choose: string; option: string }
  /** Adds an entry to a list of values. */
  | { addTo: string }
  /** Continues inside the group of an object. */
  | { inside: string; steps: Step[] };

/** An operation, the steps in its form, and what the server then receives. */
export interface Case {
  what: "a body" | "an array in the query" | "a oneOf";
  operationId: string;
  /** The name of its entry in the list of operations. */
  entry: string;
  steps: Step[];
  receives: { method: string; path: string; query: [string, string][]; body: unknown };
}

/** A description. */
export interface Description {
  vendor: string;
  title: string;
  /** The version of OpenAPI. */
  version: string;
  operations: number;
  /** The file's text. */
  text: () => string;
  cases: Case[];
}

const text = (file: string) => () => readFileSync(join(descriptionsFolder(), file), "utf8");

/** All of them. */
export const DESCRIPTIONS: Description[] = [
  {
    vendor: "GitHub",
    title: "GitHub's official OpenAPI spec + Octokit extension",
    version: "3.0.3",
    operations: 706,
    text: text("github.json"),
    cases: [
      {
        what: "a body",
        operationId: "gists/create-comment",
        entry: "POST /gists/{gist_id}/comments Create a gist comment",
        steps: [
          { fill: "gist_id", with: "a/b" },
          { fill: "body", with: 'Two lines\nand a "quote"' },
        ],
        receives: {
          method: "POST",
          path: "/gists/a%2Fb/comments",
          query: [],
          body: { body: 'Two lines\nand a "quote"' },
        },
      },
      {
        what: "an array in the query",
        operationId: "migrations/get-status-for-authenticated-user",
        entry: "GET /user/migrations/{migration_id} Get a user migration status",
        steps: [
          { fill: "migration_id", with: "7" },
          { addTo: "exclude" },
          { fill: "exclude 1", with: "repositories" },
          { addTo: "exclude" },
          { fill: "exclude 2", with: "one & two" },
        ],
        receives: {
          method: "GET",
          path: "/user/migrations/7",
          query: [
            ["exclude", "repositories"],
            ["exclude", "one & two"],
          ],
          body: null,
        },
      },
      {
        what: "a oneOf",
        operationId: "projects/create-card",
        entry: "POST /projects/columns/{column_id}/cards Create a project card",
        // The body itself is one of two objects, and neither of them has a name.
        steps: [
          { fill: "column_id", with: "12" },
          { choose: "Variant of body", option: "with content_id, content_type" },
          { fill: "content_id", with: "42" },
          { fill: "content_type", with: "PullRequest" },
        ],
        receives: {
          method: "POST",
          path: "/projects/columns/12/cards",
          query: [],
          body: { content_id: 42, content_type: "PullRequest" },
        },
      },
    ],
  },
  {
    vendor: "OpenAI",
    title: "OpenAI API",
    version: "3.1.0",
    operations: 271,
    text: text("openai.json"),
    cases: [
      {
        what: "a body",
        operationId: "updateEval",
        entry: "POST /evals/{eval_id} Update certain properties of an evaluation.",
        steps: [
          { fill: "eval_id", with: "eval 1" },
          { fill: "name", with: "A made-up name" },
        ],
        receives: { method: "POST", path: "/evals/eval%201", query: [], body: { name: "A made-up name" } },
      },
      {
        what: "an array in the query",
        operationId: "usage-costs",
        entry: "GET /organization/costs Get costs details for the organization.",
        steps: [
          { fill: "start_time", with: "1700000000" },
          { addTo: "project_ids" },
          { fill: "project_ids 1", with: "amber" },
          { addTo: "group_by" },
          { choose: "group_by 1", option: "line_item" },
        ],
        receives: {
          method: "GET",
          path: "/organization/costs",
          query: [
            ["start_time", "1700000000"],
            ["project_ids", "amber"],
            ["group_by", "line_item"],
          ],
          body: null,
        },
      },
      {
        what: "a oneOf",
        operationId: "CreateContainer",
        entry: "POST /containers Create Container",
        // The variant's `type` has only one allowed value, so the form fills it in.
        steps: [
          { fill: "name", with: "heron" },
          { choose: "Variant of network_policy", option: "allowlist" },
          {
            inside: "network_policy",
            steps: [{ addTo: "allowed_domains" }, { fill: "allowed_domains 1", with: "heron.example" }],
          },
        ],
        receives: {
          method: "POST",
          path: "/containers",
          query: [],
          body: { name: "heron", network_policy: { type: "allowlist", allowed_domains: ["heron.example"] } },
        },
      },
    ],
  },
  {
    vendor: "Anthropic",
    title: "Anthropic API",
    version: "3.1.0",
    operations: 106,
    text: text("anthropic.json"),
    // Its paths contain queries already; the form's parameters are appended.
    cases: [
      {
        what: "a body",
        operationId: "beta_create_environment_v1_environments_post",
        entry: "POST /v1/environments?beta=true Create Environment",
        steps: [{ fill: "name", with: "heron" }],
        receives: { method: "POST", path: "/v1/environments", query: [["beta", "true"]], body: { name: "heron" } },
      },
      {
        what: "an array in the query",
        operationId: "BetaListSessions",
        entry: "GET /v1/sessions?beta=true List Sessions",
        steps: [
          { addTo: "statuses[]" },
          { choose: "statuses[] 1", option: "running" },
          { addTo: "statuses[]" },
          { choose: "statuses[] 2", option: "idle" },
        ],
        receives: {
          method: "GET",
          path: "/v1/sessions",
          query: [
            ["beta", "true"],
            ["statuses[]", "running"],
            ["statuses[]", "idle"],
          ],
          body: null,
        },
      },
      {
        what: "a oneOf",
        operationId: "messages_count_tokens_post",
        entry: "POST /v1/messages/count_tokens Count tokens in a Message",
        steps: [
          { choose: "Variant of model", option: "string" },
          { fill: "model", with: "a-made-up-model" },
          { addTo: "messages" },
          {
            inside: "messages 1",
            steps: [
              { choose: "role", option: "user" },
              { choose: "Variant of content", option: "string" },
              { fill: "content", with: "Hello" },
            ],
          },
          { choose: "Variant of thinking", option: "enabled" },
          { inside: "thinking", steps: [{ fill: "budget_tokens", with: "2048" }] },
        ],
        receives: {
          method: "POST",
          path: "/v1/messages/count_tokens",
          query: [],
          body: {
            model: "a-made-up-model",
            messages: [{ role: "user", content: "Hello" }],
            thinking: { type: "enabled", budget_tokens: 2048 },
          },
        },
      },
    ],
  },
];
