// The measured numbers, and the page of results.

import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";

/** Values of one measure, one per run. */
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
    console.log(`${page}: ${measure}: ${rounded(value, unit)}`);
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

  /** The table of medians, with a column for each page. */
  comparison(): string {
    const pages = [...new Set(this.#series.map(({ page }) => page))];
    const measures = [...new Set(this.#series.map(({ measure }) => measure))];
    const rows = measures.map((measure) => {
      const cells = pages.map((page) => {
        const series = this.#series.find((series) => series.page === page && series.measure === measure);
        return series ? spread(series) : "none";
      });
      return `| ${[measure, ...cells].join(" | ")} |`;
    });
    return [`| | ${pages.join(" | ")} |`, `| --- |${" ---: |".repeat(pages.length)}`, ...rows].join("\n");
  }
}

/** A line about the machine that the benchmark runs on. */
export function machine(chromium: string): string {
  const [cpu] = cpus();
  return `${cpus().length} × ${cpu?.model.trim() ?? "processor"}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}, Chromium ${chromium}`;
}

/** Replaces the section of the page of results with this title, or appends it. */
export function writeSection(path: string, title: string, text: string): void {
  const [head = "", ...sections] = readFileSync(path, "utf8").split(/^(?=## )/mu);
  const written = `## ${title}\n\n${text.trim()}\n`;
  const at = sections.findIndex((section) => section.startsWith(`## ${title}\n`));
  sections.splice(at === -1 ? sections.length : at, 1, written);
  writeFileSync(path, [head, ...sections].map((part) => `${part.trim()}\n`).join("\n"));
}

/** The middle of values. */
export function median(values: number[]): number {
  return quantile(values, 0.5);
}

/** The smallest value that at least this share of the values does not exceed. */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const last = sorted.length - 1;
  return sorted[Math.min(last, Math.floor(share * sorted.length))] ?? Number.NaN;
}

function spread({ values, unit }: Series): string {
  const middle = rounded(median(values), unit);
  return values.length === 1 ? middle : `${middle} (${rounded(Math.min(...values), unit)} to ${rounded(Math.max(...values), unit)})`;
}

function rounded(value: number, unit: string): string {
  if (value === Number.POSITIVE_INFINITY) return "over a minute";
  const digits = value < 10 && unit !== "" ? 1 : 0;
  const text = value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return unit === "" ? text : `${text} ${unit}`;
}
