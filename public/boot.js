// Starts the console: fetches its code and hands over to it, or says on the page what went wrong.
//
// Trunk writes the tag of this script with the names of the two files it loads. It stands in for
// Trunk's own loader, which is an inline script and so against the content security policy.

/** Whether the address is that of the playground, as paths.rs has it. */
const PLAYGROUND = new URL("playground", document.baseURI).pathname === location.pathname.replace(/\/$/, "");

/** What the fragment of the playground's address has for a key. Read as settings.rs reads it. */
function asked(key) {
  const pair = location.hash.slice(1).split("&").find((part) => part.startsWith(`${key}=`));
  try {
    return pair && decodeURIComponent(pair.slice(key.length + 1));
  } catch {
    return undefined;
  }
}

// As theme.rs writes it, or as the page around a frame has it. Set before the first paint, so that
// nothing dark begins white.
try {
  const theme = (PLAYGROUND && asked("theme")) || localStorage.getItem("backoffice.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked: the system's theme it is.
}

/** Puts a message and a button in place of the boot screen's text. */
function fail(message, error) {
  console.error(error);
  const boot = document.getElementById("boot") ?? (PLAYGROUND && emptyView());
  // Without it the console is running, and shows its own problems.
  if (!boot) return;
  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    return element;
  };
  const reload = make("button", "button button--primary", "Load again");
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

/** The whole console, as Trunk wrote it; a module has no document.currentScript. */
const CONSOLE = document.querySelector("script[data-wasm]").dataset;

/** The views of the playground, each with the element that it is mounted in. */
const VIEWS = {
  shell: { id: "shell", js: "shell.js", wasm: "shell_bg.wasm" },
  http: { id: "explorer", js: "explorer.js", wasm: "explorer_bg.wasm" },
};

/** The view that the address names. */
const view = () => VIEWS[asked("view") === "http" ? "http" : "shell"];

/** Whether this tab has a session, under the name that session_store.rs keeps it by. */
function signedIn() {
  try {
    // A full storage can be read, but would not take the session.
    sessionStorage.setItem("backoffice.probe", "");
    sessionStorage.removeItem("backoffice.probe");
    return sessionStorage.getItem("backoffice.session") !== null;
  } catch {
    // Without storage a session lives in the memory of one program, so the large one has to do
    // everything.
    return true;
  }
}

/**
 * The files of the program to start: the whole console for who is signed in, else the entrance,
 * which is a fraction of its size. Trunk does not hash the entrance's names.
 */
function program() {
  return signedIn() ? CONSOLE : ENTRANCE;
}

/** Who begins to type will want the console next; until then its files would only be in the way. */
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

/** Adds a style sheet and waits for it, so that no page is painted without its looks. */
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
 * Shows the view that the address names, and hides the other. Says whether its program has to be
 * loaded, which happens once.
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
      "This browser does not run WebAssembly, or it is switched off. A current version of any browser does.",
      "WebAssembly is not available",
    );
    return;
  }
  let module;
  try {
    // Both at once: the module would ask for the second file only after it has arrived itself.
    const bytes = fetch(new URL(wasm, document.baseURI));
    bytes.catch(() => {});
    [module] = await Promise.all([import(new URL(js, document.baseURI)), styles]);
    await module.default({ module_or_path: bytes });
  } catch (error) {
    fail(
      module
        ? "Its program could not be loaded or run. If the connection is good, a new version may have been put in place just now."
        : "A file of it could not be loaded. Check the connection; if a new version was put in place just now, loading again helps.",
      error,
    );
    return;
  }
  if (js === ENTRANCE.js) fetchConsoleOnFirstInput();
  // For tests, and the same that Trunk's loader does.
  dispatchEvent(new CustomEvent("TrunkApplicationStarted", { detail: { wasm: module } }));
}

if (PLAYGROUND) startPlayground();
else startConsole();
