// The builds that tests, screenshots and benchmarks run against, as `cargo xtask` passes them.

/** The value of an environment variable that a command of the project sets. */
export function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: run this with \`cargo xtask\``);
  }
  return value;
}

/** The browser's program. */
export const chromium = (): string => required("CHROMIUM");

/** Its headless shell, if it is installed: the engine without the rest of the browser, such as site settings. */
export const chromiumShell = (): string => process.env["CHROMIUM_SHELL"] ?? chromium();

/** The sandbox server's program. */
export const serverProgram = (): string => required("SANDBOX_BIN");

/** The folder of the page that puts the client under load. */
export const pressureFolder = (): string => required("PRESSURE_DIST");

/** The folder of the built console. */
export const consoleFolder = (): string => required("CONSOLE_DIST");

/** The folder of the descriptions by others. */
export const descriptionsFolder = (): string => required("DESCRIPTIONS");

/** The folder of the sample documentation. */
export const docsFolder = (): string => required("DOCS_SITE");
