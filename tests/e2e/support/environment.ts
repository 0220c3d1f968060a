// What `cargo xtask` tells tests, pictures and measurements about the builds that they are of.

/** The value of a variable that a command of the project sets. */
export function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: run this with \`cargo xtask\``);
  }
  return value;
}

/** The browser's program. */
export const chromium = (): string => required("CHROMIUM");

/** Its engine without what is around a page, where there is such a program: it has no settings for sites. */
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
