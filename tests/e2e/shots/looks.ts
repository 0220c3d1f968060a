// The sizes and themes of the screenshots, and where they are stored.

import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { required } from "../support/environment.ts";

/** The widths of a phone, a laptop and a large screen, in CSS pixels. */
export const WIDTHS = [390, 1280, 1920] as const;

/** Both themes. */
export const THEMES = ["light", "dark"] as const;

/** The folder of all screenshots. */
export const folder = (): string => required("SHOTS");

/** The folder of one look; it is created if it is missing. */
export function folderOf(theme: string, width: number): string {
  const path = join(folder(), `${theme}-${width}`);
  mkdirSync(path, { recursive: true });
  return path;
}
