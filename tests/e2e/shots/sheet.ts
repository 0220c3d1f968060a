// A page that shows all screenshots side by side: a row for each page or state, a column for each look.

import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { THEMES, WIDTHS, folder } from "./looks.ts";

/** Writes `index.html` beside the screenshots. */
export default function writeSheet(): void {
  const looks = THEMES.flatMap((theme) => WIDTHS.map((width) => `${theme}-${width}`));
  const pictures = new Map(looks.map((look) => [look, picturesIn(look)]));
  const names = [...new Set([...pictures.values()].flat())].sort();
  const cell = (name: string, look: string) =>
    pictures.get(look)?.includes(name)
      ? `<td><a href="${look}/${name}"><img loading="lazy" src="${look}/${name}" alt="${name}, ${look}"></a></td>`
      : "<td></td>";
  const rows = names.map(
    (name) => `<tr><th>${name.replace(".png", "")}</th>${looks.map((look) => cell(name, look)).join("")}</tr>`,
  );
  writeFileSync(
    join(folder(), "index.html"),
    `<!doctype html>
<meta charset="utf-8">
<title>All pages</title>
<style>
  body { font: 14px system-ui; margin: 1rem; background: #888; }
  th { position: sticky; left: 0; text-align: left; vertical-align: top; background: #888; padding: 0.5rem; }
  td { vertical-align: top; padding: 0.25rem; }
  img { width: 22rem; max-height: 40rem; object-fit: cover; object-position: top; }
</style>
<table>
<tr><th></th>${looks.map((look) => `<th>${look}</th>`).join("")}</tr>
${rows.join("\n")}
</table>
`,
  );
}

function picturesIn(look: string): string[] {
  try {
    return readdirSync(join(folder(), look)).filter((file) => file.endsWith(".png"));
  } catch {
    // This look was not requested.
    return [];
  }
}
