// The compared products, and how to drive each. The functions of `inside` run inside the page, so
// they must not use anything that is defined outside of them.

import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

import type { Page } from "@playwright/test";

import { consoleFolder, required } from "../support/environment.ts";
import type { Host } from "./host.ts";

/** A product. */
export interface Product {
  /** Its name on the command line. */
  key: string;
  /** Its name on the page of results, without its version. */
  name: string;
  /** Its version, if it is not built from this tree. */
  version: () => string | undefined;
  /** Puts its files on the host. */
  offer: (host: Host) => void;
  /** Its address for a description at `api`, which is a path of the host. */
  address: (api: string) => string;
  inside: {
    /** Whether the list is shown. */
    listed: () => boolean;
    /** Whether a search has found the operation of a path. */
    found: (path: string) => boolean;
    /** Whether an answer with a text in it is shown. */
    shown: (text: string) => boolean;
  };
  /** Puts the keyboard into the search. */
  focusSearch: (page: Page) => Promise<void>;
  /** When it searches: with each character, or when the typing ends with the Enter key. */
  searchesOn: "input" | "Enter";
  /** Opens the only operation, up to the button that sends. */
  openOperation: (page: Page) => Promise<void>;
  /** Presses that button. */
  send: (page: Page) => Promise<void>;
}

const peer = (path: string): Buffer => readFileSync(join(required("BENCH_PEERS"), "node_modules", path));
const versionOf = (name: string) => () => (JSON.parse(peer(`${name}/package.json`).toString()) as { version: string }).version;

const page = (head: string, body: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>API</title><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`;

/** The page's address contains that of the description, so one page serves all descriptions. */
const API = `new URLSearchParams(location.search).get("api")`;

const playground: Product = {
  key: "playground",
  name: "This playground",
  version: () => undefined,
  offer(host) {
    const folder = consoleFolder();
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) {
        const file = join(entry.parentPath, entry.name);
        host.offer(`/${relative(folder, file)}`, readFileSync(file));
      }
    }
    host.alias("/playground", "/index.html");
  },
  address: (api) => `/playground#view=http&api=${encodeURIComponent(api)}`,
  inside: {
    listed: () => document.querySelector(`[aria-label="Operations"] a`) !== null,
    found: (path) => {
      const [first] = document.querySelectorAll(`[aria-label="Operations"] a`);
      return first?.textContent?.includes(path) ?? false;
    },
    shown: (text) => document.querySelector(`[aria-label="Answer"]`)?.textContent?.includes(text) ?? false,
  },
  focusSearch: (page) => page.getByRole("searchbox", { name: "Search operations" }).focus(),
  searchesOn: "input",
  openOperation: (page) => page.getByRole("link", { name: /^GET \/rows/ }).click(),
  send: (page) => page.getByRole("button", { name: "Send", exact: true }).click({ noWaitAfter: true }),
};

const swagger: Product = {
  key: "swagger",
  name: "Swagger UI",
  version: versionOf("swagger-ui-dist"),
  offer(host) {
    host.offer("/swagger/ui.css", peer("swagger-ui-dist/swagger-ui.css"));
    host.offer("/swagger/ui.js", peer("swagger-ui-dist/swagger-ui-bundle.js"));
    const start = `SwaggerUIBundle({ url: ${API}, dom_id: "#app", filter: true, tryItOutEnabled: true, validatorUrl: null })`;
    host.offer(
      "/swagger/index.html",
      page(`<link rel="stylesheet" href="ui.css">`, `<div id="app"></div><script src="ui.js"></script><script>${start}</script>`),
    );
  },
  address: (api) => `/swagger/index.html?api=${encodeURIComponent(api)}`,
  inside: {
    listed: () => document.querySelector(".opblock-summary-path") !== null,
    found: (path) => {
      const first = document.querySelector(".opblock-summary-path");
      return first?.getAttribute("data-path") === path;
    },
    shown: (text) => document.querySelector(".live-responses-table .response")?.textContent?.includes(text) ?? false,
  },
  focusSearch: (page) => page.locator(".operation-filter-input").focus(),
  searchesOn: "input",
  openOperation: (page) => page.locator(".opblock-summary-control").first().click(),
  send: (page) => page.locator("button.execute").click({ noWaitAfter: true }),
};

const scalar: Product = {
  key: "scalar",
  name: "Scalar",
  version: versionOf("@scalar/api-reference"),
  offer(host) {
    host.offer("/scalar/ui.js", peer("@scalar/api-reference/dist/browser/standalone.js"));
    const settings = `{ url: ${API}, telemetry: false, withDefaultFonts: false }`;
    host.offer(
      "/scalar/index.html",
      page("", `<div id="app"></div><script src="ui.js"></script><script>Scalar.createApiReference("#app", ${settings})</script>`),
    );
  },
  address: (api) => `/scalar/index.html?api=${encodeURIComponent(api)}`,
  inside: {
    // Groups are closed, so the heading of a group counts.
    listed: () => document.querySelector(`.t-doc__sidebar :is([data-sidebar-id*="/tag/"], [data-sidebar-id*="/GET/"])`) !== null,
    found: (path) => {
      const found = document.querySelectorAll(`[role="listbox"] [role="option"]`);
      return [...found].some((option) => option.textContent?.includes(path));
    },
    shown: (text) => {
      const parts = document.querySelectorAll(".response-section-content");
      return [...parts].some((part) => part.textContent?.includes(text));
    },
  },
  focusSearch: async (page) => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Enter search query" }).focus();
  },
  searchesOn: "input",
  openOperation: (page) => page.getByRole("button", { name: /Test Request/ }).first().click(),
  send: (page) => page.getByRole("button", { name: /Send/ }).first().click({ noWaitAfter: true }),
};

const rapidoc: Product = {
  key: "rapidoc",
  name: "RapiDoc",
  version: versionOf("rapidoc"),
  offer(host) {
    host.offer("/rapidoc/ui.js", peer("rapidoc/dist/rapidoc-min.js"));
    // Its lightest way to show an API: one operation at a time, beside a list of all.
    const element = `document.querySelector("rapi-doc").setAttribute("spec-url", ${API})`;
    host.offer(
      "/rapidoc/index.html",
      page(
        `<script type="module" src="ui.js"></script>`,
        `<rapi-doc render-style="focused" load-fonts="false" allow-server-selection="true"></rapi-doc><script>${element}</script>`,
      ),
    );
  },
  address: (api) => `/rapidoc/index.html?api=${encodeURIComponent(api)}`,
  inside: {
    listed: () => Boolean(document.querySelector("rapi-doc")?.shadowRoot?.querySelector(".nav-bar-path")),
    found: (path) => {
      const first = document.querySelector("rapi-doc")?.shadowRoot?.querySelector(".nav-bar-path");
      return first?.getAttribute("data-content-id") === `get-${path}`;
    },
    shown: (text) => {
      const request = document.querySelector("rapi-doc")?.shadowRoot?.querySelector("api-request");
      return request?.shadowRoot?.textContent?.includes(text) ?? false;
    },
  },
  focusSearch: (page) => page.locator("#nav-bar-search").focus(),
  searchesOn: "Enter",
  openOperation: (page) => page.locator(".nav-bar-path").first().click(),
  send: (page) => page.locator(".m-btn.primary.thin-border:has-text('TRY')").first().click({ noWaitAfter: true }),
};

/** All of them, ours first. */
export const PRODUCTS: Product[] = [playground, swagger, scalar, rapidoc];
