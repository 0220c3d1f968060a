// Starts the console: fetches its code and hands over to it, or shows what went wrong.
//
// Trunk writes the tag of this script with the names of the two files it loads. The script replaces
// Trunk's loader, which is inline and so forbidden by the content security policy.

/** Whether the address is the playground's, as in paths.rs. */
const PLAYGROUND = new URL("playground", document.baseURI).pathname === location.pathname.replace(/\/$/, "");

/** The value of a key in the fragment of the playground's address. Parsed as in settings.rs. */
function asked(key) {
  const pair = location.hash.slice(1).split("&").find((part) => part.startsWith(`${key}=`));
  try {
    return pair && decodeURIComponent(pair.slice(key.length + 1));
  } catch {
    return undefined;
  }
}

// The theme that theme.rs stored, or that of the page around a frame. Set before the first paint, so
// that a dark page does not flash white.
try {
  const theme = (PLAYGROUND && asked("theme")) || localStorage.getItem("backoffice.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked: use the system's theme.
}

/** Replaces the boot screen's text with a message and a button. */
function fail(message, error) {
  console.error(error);
  const boot = document.getElementById("boot") ?? (PLAYGROUND && emptyView());
  // Without it the console is running and shows its own errors.
  if (!boot) return;
  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    return element;
  };
  const reload = make("button", "button button--primary", "Reload");
  reload.type = "button";
  reload.addEventListener("click", () => location.reload());
  const problem = make("div", "boot boot--failed", "");
  problem.id = "boot";
  problem.setAttribute("role", "alert");
  problem.append(
    make("h1", "boot__title", "The console did not start"),
    make("p", "boot__problem", message),
    make("code", "boot__detail", String(error?.message ?? error)),
    reload,
  );
  boot.replaceWith(problem);
}

const ENTRANCE = { js: "entrance.js", wasm: "entrance_bg.wasm" };

/** The files of the whole console, as Trunk wrote them; a module has no document.currentScript. */
const CONSOLE = document.querySelector("script[data-wasm]").dataset;

/** The views of the playground, each with the element that it is mounted in. */
const VIEWS = {
  shell: { id: "shell", js: "shell.js", wasm: "shell_bg.wasm" },
  http: { id: "explorer", js: "explorer.js", wasm: "explorer_bg.wasm" },
};

/** The view that the address names. */
const view = () => VIEWS[asked("view") === "http" ? "http" : "shell"];

/** Whether this tab has a session, under the name that session_store.rs uses. */
function signedIn() {
  try {
    // A full storage can be read, but cannot store the session.
    sessionStorage.setItem("backoffice.probe", "");
    sessionStorage.removeItem("backoffice.probe");
    return sessionStorage.getItem("backoffice.session") !== null;
  } catch {
    // Without storage, a session lives in the memory of one program, so the large program must do
    // everything.
    return true;
  }
}

/**
 * The files of the program to start: the whole console for signed-in users, or else the entrance,
 * which is a fraction of its size. Trunk does not hash the entrance's names.
 */
function program() {
  return signedIn() ? CONSOLE : ENTRANCE;
}

/** Users who start typing will need the console next; before that, its files would only compete. */
function fetchConsoleOnFirstInput() {
  const input = new AbortController();
  const fetchConsole = () => {
    input.abort();
    for (const file of [CONSOLE.wasm, CONSOLE.js, CONSOLE.css]) {
      fetch(new URL(file, document.baseURI), { priority: "low" }).catch(() => {});
    }
  };
  for (const kind of ["keydown", "pointerdown"]) {
    addEventListener(kind, fetchConsole, { signal: input.signal });
  }
}

/** Adds a style sheet and waits for it, so that no page is painted without styles. */
function addStyles(href) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL(href, document.baseURI);
  const done = new Promise((resolve, reject) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", () => reject(new Error(`${href} could not be loaded`)));
  });
  document.head.append(link);
  return done;
}

/**
 * Shows the view that the address names, and hides the other. Returns whether the view's program must
 * be loaded, which happens once.
 */
function show() {
  const { id } = view();
  const isNew = !document.getElementById(id);
  if (isNew) {
    const element = document.createElement("div");
    element.id = id;
    document.body.append(element);
  }
  for (const other of Object.values(VIEWS)) {
    const element = document.getElementById(other.id);
    if (element) element.hidden = other.id !== id;
  }
  return isNew;
}

/** The element of a view that has been chosen but does not run yet. */
function emptyView() {
  const element = document.getElementById(view().id);
  return element?.childElementCount ? null : element?.appendChild(document.createElement("div"));
}

/** Starts the console, or its entrance. */
async function startConsole() {
  const { css, ...files } = program();
  const sheets = css ? ["console.css", css] : ["console.css"];
  await start(files, Promise.all(sheets.map(addStyles)));
}

/** Starts the view that the address names, and from then on follows the address. */
async function startPlayground() {
  document.title = "Playground · Backoffice Console";
  const styles = addStyles("playground.css");
  addEventListener("hashchange", () => {
    if (show()) start(view(), styles);
  });
  show();
  await start(view(), styles);
}

async function start({ js, wasm }, styles) {
  styles.catch(() => {});
  if (typeof WebAssembly !== "object") {
    fail(
      "This browser does not support WebAssembly, or it is turned off. Use a current version of any browser.",
      "WebAssembly is not available",
    );
    return;
  }
  let module;
  try {
    // Both at once: otherwise the module would request the second file only after it has arrived.
    const bytes = fetch(new URL(wasm, document.baseURI));
    bytes.catch(() => {});
    [module] = await Promise.all([import(new URL(js, document.baseURI)), styles]);
    await module.default({ module_or_path: bytes });
  } catch (error) {
    fail(
      module
        ? "The program could not be loaded or run. Check your connection. If the console has just been updated, reload the page."
        : "A file could not be loaded. Check your connection. If the console has just been updated, reload the page.",
      error,
    );
    return;
  }
  if (js === ENTRANCE.js) fetchConsoleOnFirstInput();
  // As Trunk's loader does; tests wait for it.
  dispatchEvent(new CustomEvent("TrunkApplicationStarted", { detail: { wasm: module } }));
}

if (PLAYGROUND) startPlayground();
else startConsole();
