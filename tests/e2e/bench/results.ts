// The numbers, and the page that tells them.

import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";

/** Values of one measure, one a run. */
interface Series {
  page: string;
  measure: string;
  unit: string;
  values: number[];
}

/** Collects what runs measure. */
export class Results {
  readonly #series: Series[] = [];

  /** Notes the value of one run. */
  add(page: string, measure: string, unit: string, value: number): void {
    const known = this.#series.find((series) => series.page === page && series.measure === measure);
    if (known) {
      known.values.push(value);
    } else {
      this.#series.push({ page, measure, unit, values: [value] });
    }
  }

  /** The table of medians. */
  table(): string {
    const rows = this.#series.map(({ page, measure, unit, values }) => {
      const cells = [median(values), Math.min(...values), Math.max(...values)].map((value) => rounded(value, unit));
      return `| ${[page, measure, ...cells].join(" | ")} |`;
    });
    return [`| page | measure | median | lowest | highest |`, `| --- | --- | ---: | ---: | ---: |`, ...rows].join("\n");
  }

  /** Writes the page. */
  write(path: string, runs: number, world: string, chromium: string): void {
    const [cpu] = cpus();
    const machine = `${cpus().length} × ${cpu?.model.trim() ?? "processor"}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}, Chromium ${chromium}`;
    writeFileSync(
      path,
      `# The console under load

Made by \`cargo xtask bench console --runs ${runs}\`, with the release build and a sandbox of ${world} on the same machine.

Machine: ${machine}.

Each run loads each page anew, with nothing cached in memory; one more run before them is thrown away.
First rows are painted rows, counted from the navigation, or from the last answer of the API that came before them: a page that is loaded anew has to start first.
A keystroke takes from the browser's event to the task after the frame that shows what came of it, so that it waits for the next frame whatever it costs; its work is that time without the wait.
Long tasks are those of over 50 ms between the navigation and the end of all measures on the page.
The heap is JavaScript's, after a garbage collection.

${this.table()}
`,
    );
  }
}

/** The middle of values. */
export function median(values: number[]): number {
  return quantile(values, 0.5);
}

/** The value that a share of the values is not above. */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const last = sorted.length - 1;
  return sorted[Math.min(last, Math.floor(share * sorted.length))] ?? Number.NaN;
}

function rounded(value: number, unit: string): string {
  const digits = value < 10 && unit !== "" ? 1 : 0;
  const text = value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return unit === "" ? text : `${text} ${unit}`;
}
