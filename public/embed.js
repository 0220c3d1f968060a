// @ts-check
// Defines <backoffice-playground>, which makes a snippet of any page runnable. See docs/embed.md.
//
//     <script type="module" src="https://console.example/embed.js" async></script>
//     <backoffice-playground command="gigalixir apps"><pre>gigalixir apps</pre></backoffice-playground>
//
// Commands run in a frame of the console's origin. This script reads the theme of the page around it
// and changes nothing in that page: no global, no style, no cookie, no storage.

/** The playground of the deployment that this script comes from. */
const PLAYGROUND = new URL("playground", import.meta.url);

const SOURCE = "backoffice-playground";
const VERSION = 1;

/** How long a frame may take to report that it is ready, in ms. */
const PATIENCE = 20_000;

/** Bounds and initial values of a frame's height, in CSS px. */
const HEIGHT = { least: 160, shell: 320, http: 480, most: 2_000 };

/** How far from the view something counts as near it. */
const NEAR = "400px";

/** The maximum length of a command in a button's name, in characters. */
const NAME = 80;

/** Attributes that the frame reads from its address; a change needs a new frame. */
const OF_THE_FRAME = ["command", "script", "operation", "api", "mode", "seed"];

// The chrome resets all styles, so that no style of the page affects it. The snippet does not: it
// belongs to the page and inherits as before.
const STYLES = `
:host { display: block; }
:host([hidden]), [hidden] { display: none !important; }
.chrome {
  all: initial; display: block; box-sizing: border-box;
  font: 400 14px/20px system-ui, sans-serif; color: var(--ink); text-align: start;
  --ink: light-dark(#1d1f27, #eceef4); --dim: light-dark(#565b6b, #a9afc0);
  --paper: light-dark(#fff, #1a1c24); --line: light-dark(#c9cdd8, #454a5a);
  --fill: light-dark(#5b36c8, #6f4fd6); --fill-on: light-dark(#4a29ac, #5f40c2);
  --ring: light-dark(#5b36c8, #b9a5ff);
}
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; padding: 8px 0; }
.bar p, .problem p { margin: 0; color: var(--dim); }
.bar .space { flex: 1; }
button, a {
  box-sizing: border-box; display: inline-flex; align-items: center; justify-content: center;
  min-height: 32px; margin: 0; padding: 4px 12px; border: 1px solid var(--line); border-radius: 6px;
  font: inherit; font-weight: 500; color: var(--ink); background: var(--paper);
  text-decoration: none; cursor: pointer; touch-action: manipulation;
}
button:hover, a:hover { border-color: var(--ink); }
button.run { border-color: var(--fill); color: #fff; background: var(--fill); }
button.run:hover { border-color: var(--fill-on); background: var(--fill-on); }
button:focus-visible, a:focus-visible, iframe:focus-visible { outline: 2px solid var(--ring); outline-offset: 2px; }
.frame { position: relative; }
.frame p { position: absolute; inset: 0; display: grid; place-content: center; margin: 0; color: var(--dim); }
iframe {
  position: relative; box-sizing: border-box; display: block; width: 100%; border: 1px solid var(--line);
  border-radius: 8px;
}
.problem {
  display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; padding: 8px 12px;
  border: 1px solid var(--line); border-radius: 8px; background: var(--paper);
}
.problem p { flex: 1 1 16em; color: var(--ink); }
@media (pointer: coarse) { button, a { min-height: 44px; min-width: 44px; } }
@media (prefers-reduced-motion: no-preference) { button, a { transition: background-color .1s, border-color .1s; } }
@media (forced-colors: active) { button.run { border-color: ButtonText; forced-color-adjust: auto; } }
@media print { .chrome { display: none; } .snippet[hidden] { display: block !important; } }
`;

/** @type {CSSStyleSheet | undefined} */
let sheet;

/** One sheet for all playgrounds; a policy against inline styles does not apply to it. */
function styles() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
  }
  return sheet;
}

/**
 * An element with properties and children.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Partial<HTMLElementTagNameMap[K]>} properties
 * @param {(Node | string)[]} children
 */
function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

const prefersDark = matchMedia("(prefers-color-scheme: dark)");

/** @typedef {"light" | "dark"} Theme */

/**
 * The page's theme: the one it declares, or else the one it looks like.
 * @returns {Theme}
 */
function themeOfPage() {
  const roots = [document.documentElement, document.body].filter(Boolean);
  for (const { dataset: { theme } } of roots) {
    if (theme === "light" || theme === "dark") return theme;
  }
  if (roots.some((root) => root.classList.contains("dark"))) return "dark";
  const computed = roots.map((root) => getComputedStyle(root));
  const schemes = computed.map((style) => style.colorScheme.replace("only", "").trim());
  for (const scheme of schemes) {
    if (scheme === "light" || scheme === "dark") return scheme;
  }
  // Many pages have a dark theme without declaring it. The body's colour covers the root's.
  for (const { backgroundColor } of computed.reverse()) {
    const [red, green, blue, alpha = 1] = (backgroundColor.match(/^rgba?\((.*)\)/)?.[1] ?? "")
      .split(/[\s,/]+/)
      .map(Number);
    if (red !== undefined && green !== undefined && blue !== undefined && alpha > 0.5) {
      // Perceived brightness, ITU-R BT.601.
      return red * 0.299 + green * 0.587 + blue * 0.114 < 128 ? "dark" : "light";
    }
  }
  return prefersDark.matches ? "dark" : "light";
}

/**
 * The frame's message, if it has a valid shape.
 * @param {unknown} data
 * @returns {{ type: "ready" } | { type: "resize", height: number } | undefined}
 */
function readMessage(data) {
  if (typeof data !== "object" || data === null) return undefined;
  const { source, version, type, height, ...rest } = /** @type {Record<string, unknown>} */ (data);
  if (source !== SOURCE || version !== VERSION || Object.keys(rest).length > 0) return undefined;
  if (type === "ready" && !("height" in data)) return { type };
  if (type === "resize" && typeof height === "number" && Number.isSafeInteger(height) && height >= 0) {
    return { type, height };
  }
  return undefined;
}

/** @typedef {"idle" | "loading" | "ready" | "failed"} State */

/** Attributes with which the frame loads automatically. */
const BY_ITSELF = ["operation", "api", "eager"];

class Playground extends HTMLElement {
  static observedAttributes = [...OF_THE_FRAME, "theme", "height", "label", "eager"];

  /** @type {State} */
  #state = "idle";
  /** Ends everything that listens to the page. @type {AbortController | undefined} */
  #connection;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #patience;
  /** @type {HTMLIFrameElement | undefined} */
  #frame;
  /** Whether the frame has been told to run its commands. */
  #runs = false;
  /** Attributes that have just changed, often several at once. @type {Set<string>} */
  #changed = new Set();
  /** Whether this element is in the view or near it. */
  #near = false;
  /** The height that the frame requested last, in CSS px. */
  #asked = 0;

  #run = make("button", { type: "button", className: "run" });
  #note = make("p");
  #close = make("button", { type: "button" }, "Close");
  #again = make("button", { type: "button" }, "Try again");
  /** One link above the frame and one beside a problem. */
  #links = ["Open in a new tab", "Open the playground in a new tab"].map((text) =>
    make("a", { target: "_blank", rel: "noopener noreferrer" }, text));
  #status = make("p");
  #said = make("p");
  #snippet = make("div", { className: "snippet" }, make("slot"));
  #idle = make("div", { className: "bar" }, this.#run, this.#note);
  #hold = make("div", { className: "frame" }, this.#status);
  #bar = make("div", { className: "bar" }, make("span", { className: "space" }));
  #problem = make("div", { className: "problem" }, this.#said);
  #chrome = make("div", { className: "chrome" });

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [styles()];
    const [link, helpLink] = this.#links;
    if (link) this.#bar.append(link, this.#close);
    if (helpLink) this.#problem.append(helpLink, this.#again);
    this.#status.setAttribute("role", "status");
    this.#said.setAttribute("role", "alert");
    this.#run.setAttribute("part", "run");
    this.#chrome.append(this.#problem, this.#idle, this.#bar, this.#hold);
    root.append(this.#snippet, this.#chrome);
    this.#run.addEventListener("click", () => this.#open(true, true));
    this.#again.addEventListener("click", () => this.#open(this.#runs, true));
    this.#close.addEventListener("click", () => {
      this.#show("idle");
      this.#run.focus();
    });
  }

  connectedCallback() {
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    addEventListener("message", (event) => this.#hear(event), { signal });
    const follow = () => this.#tellTheme();
    prefersDark.addEventListener("change", follow, { signal });
    const page = new MutationObserver(follow);
    const attributes = { attributes: true, attributeFilter: ["class", "style", "data-theme"] };
    page.observe(document.documentElement, attributes);
    if (document.body) page.observe(document.body, attributes);
    let seen = false;
    const look = (/** @type {IntersectionObserverEntry[]} */ entries) => {
      this.#near = entries.at(-1)?.isIntersecting ?? false;
      if (!this.#near || seen) return;
      seen = true;
      this.#comeNear();
    };
    const view = new IntersectionObserver(look, { rootMargin: NEAR });
    view.observe(this);
    // While the page is parsed, the snippet may not have arrived yet.
    const snippet = new MutationObserver(() => this.#describe());
    snippet.observe(this, { childList: true, characterData: true, subtree: true });
    signal.addEventListener("abort", () => {
      for (const observer of [page, view, snippet]) observer.disconnect();
    });
    this.#show("idle");
  }

  disconnectedCallback() {
    this.#connection?.abort();
    // The frame's document is gone once the element leaves its place.
    this.#show("idle");
  }

  /** Keeps the frame: such a move keeps it alive. */
  connectedMoveCallback() {}

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} after
   */
  attributeChangedCallback(name, before, after) {
    if (before === after || !this.isConnected) return;
    if (name === "theme") this.#tellTheme();
    else if (name === "height") this.#size();
    else if (BY_ITSELF.includes(name) && before === null && this.#near && this.#state === "idle") {
      this.#open(false, false);
    } else {
      if (this.#changed.size === 0) queueMicrotask(() => this.#change());
      this.#changed.add(name);
    }
  }

  /** Opens the playground and runs its commands, or runs them again if it is open. */
  run() {
    if (this.#state === "ready") this.#send({ type: "run" });
    else this.#open(true, true);
  }

  /** The commands to run, one line or several. */
  #text() {
    const given = this.getAttribute("script") ?? this.getAttribute("command");
    return (given ?? this.querySelector("pre")?.textContent ?? "").trim();
  }

  #isHttp() {
    return this.hasAttribute("operation") || this.hasAttribute("api");
  }

  #isAutomatic() {
    return BY_ITSELF.some((name) => this.hasAttribute(name));
  }

  /** A short description of the content, for names. */
  #name() {
    const lines = this.#isHttp() ? [] : this.#text().split("\n");
    const about = this.getAttribute("label") ?? this.getAttribute("operation") ?? lines[0] ?? "";
    const short = about.length > NAME || (lines.length > 1 && !this.hasAttribute("label"));
    return about.slice(0, NAME).trim() + (short ? " …" : "");
  }

  /**
   * The address of the frame, or, without `host`, of a tab.
   * @param {boolean} inFrame
   */
  #address(inFrame) {
    const values = new Map([["view", this.#isHttp() ? "http" : "shell"]]);
    const text = this.#text();
    if (!this.#isHttp() && text) values.set(text.includes("\n") ? "script" : "command", text);
    for (const name of ["operation", "api"]) values.set(name, this.getAttribute(name) ?? "");
    const seed = this.getAttribute("seed") ?? "";
    if (/^\d+$/.test(seed)) values.set("seed", seed);
    if (this.getAttribute("mode") === "live") values.set("mode", "live");
    values.set("theme", this.#theme());
    if (inFrame) {
      values.set("host", location.origin);
      if (this.#runs) values.set("run", "1");
    }
    const given = [...values].filter(([, value]) => value !== "");
    const address = new URL(PLAYGROUND);
    address.hash = given.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&");
    return address.href;
  }

  /** @returns {Theme} */
  #theme() {
    const own = this.getAttribute("theme");
    return own === "light" || own === "dark" ? own : themeOfPage();
  }

  /** Connects in advance, which is cheap and makes the button fast, or opens an automatic frame. */
  #comeNear() {
    if (this.#isAutomatic()) {
      if (this.#state === "idle") this.#open(false, false);
      return;
    }
    this.shadowRoot?.append(make("link", { rel: "preconnect", href: PLAYGROUND.origin }));
  }

  /**
   * Loads the frame.
   * @param {boolean} runs whether it runs its commands
   * @param {boolean} focuses whether the reader asked for it, and so expects the focus in it
   */
  #open(runs, focuses) {
    if (!this.isConnected) return;
    this.#runs = runs;
    this.#asked = 0;
    this.#frame?.remove();
    const frame = make("iframe", { title: `Playground: ${this.#name() || "shell"}`, src: this.#address(true) });
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-popups");
    frame.setAttribute("allow", "clipboard-write");
    frame.setAttribute("loading", "lazy");
    frame.setAttribute("referrerpolicy", "no-referrer");
    frame.setAttribute("part", "frame");
    this.#frame = frame;
    this.#show("loading");
    this.#hold.append(frame);
    this.#size();
    if (focuses) frame.focus();
    this.#patience = setTimeout(() => this.#giveUp(), PATIENCE);
  }

  #giveUp() {
    if (!this.#near) {
      // The browser has not begun to load a frame that is out of sight.
      this.#patience = setTimeout(() => this.#giveUp(), PATIENCE);
      return;
    }
    const hadFocus = this.#hasFocus();
    this.#show("failed");
    if (hadFocus) this.#again.focus();
  }

  #hasFocus() {
    return this.shadowRoot?.activeElement != null;
  }

  /** @param {State} state */
  #show(state) {
    clearTimeout(this.#patience);
    this.#state = state;
    const open = state === "loading" || state === "ready";
    if (!open) {
      this.#frame?.remove();
      this.#frame = undefined;
    }
    this.#snippet.hidden = open;
    this.#idle.hidden = state !== "idle";
    this.#bar.hidden = !open;
    this.#status.textContent = state === "loading" ? "Loading the playground…" : "";
    this.#problem.hidden = state !== "failed";
    this.#said.textContent = state === "failed"
      ? `The playground did not answer within ${PATIENCE / 1000} seconds. The connection may be slow, or something blocks ${PLAYGROUND.host}.`
      : "";
    this.#describe();
    this.#size();
  }

  /** Updates names and addresses after a change of their parts. */
  #describe() {
    const verb = this.#isHttp() ? "Try it" : "Run";
    const name = this.#name();
    this.#run.textContent = verb;
    this.#run.setAttribute("aria-label", name ? `${verb}: ${name}` : verb);
    this.#close.setAttribute("aria-label", name ? `Close: ${name}` : "Close");
    const isSandbox = this.getAttribute("mode") !== "live" && !this.hasAttribute("api");
    this.#note.textContent = isSandbox ? "Runs in a sandbox. You need no account." : "";
    if (this.isConnected) {
      this.#chrome.style.colorScheme = this.#theme();
      for (const link of this.#links) link.href = this.#address(false);
    }
  }

  /** Sets the frame's height: the requested one, within bounds, and never less than the author's. */
  #size() {
    const { least, most, shell, http } = HEIGHT;
    const own = Number.parseInt(this.getAttribute("height") ?? "", 10);
    const start = Number.isNaN(own) ? (this.#isHttp() ? http : shell) : own;
    const first = Math.min(Math.max(start, least), most);
    const height = `${Math.min(Math.max(this.#asked, first), most)}px`;
    if (this.#frame) this.#frame.style.height = height;
    // A frame that loads automatically must not push the page down.
    this.#idle.style.minHeight = this.#isAutomatic() ? height : "";
  }

  #change() {
    const ofTheFrame = OF_THE_FRAME.some((name) => this.#changed.has(name));
    this.#changed.clear();
    if (!this.isConnected) return;
    const open = this.#state === "loading" || this.#state === "ready";
    // The frame now offers something else; the reader decides whether to run it.
    if (ofTheFrame && open) this.#open(false, this.#hasFocus());
    else if (this.#frame) this.#frame.title = `Playground: ${this.#name() || "shell"}`;
    this.#describe();
    this.#size();
  }

  #tellTheme() {
    const theme = this.#theme();
    if (this.#chrome.style.colorScheme === theme) return;
    this.#describe();
    if (this.#state === "ready") this.#send({ type: "theme", theme });
  }

  /** @param {{ type: "theme", theme: Theme } | { type: "run" }} message */
  #send(message) {
    this.#frame?.contentWindow?.postMessage({ source: SOURCE, version: VERSION, ...message }, PLAYGROUND.origin);
  }

  /** @param {MessageEvent} event */
  #hear({ origin, source, data }) {
    if (!this.#frame || source !== this.#frame.contentWindow || origin !== PLAYGROUND.origin) return;
    const message = readMessage(data);
    if (message?.type === "resize") {
      this.#asked = message.height;
      this.#size();
    } else if (message?.type === "ready" && this.#state === "loading") {
      const hadFocus = this.#hasFocus();
      this.#show("ready");
      if (hadFocus) this.#frame.focus();
      // The theme may have changed since the frame got its address.
      this.#send({ type: "theme", theme: this.#theme() });
    }
  }
}

// A page may load the script twice.
if (!customElements.get(SOURCE)) customElements.define(SOURCE, Playground);
