import { escapeXml } from "../../charts/svg.ts";
import type { FullReport } from "../../contract/report.ts";
import type { Block, DocumentSection, ReportDocument } from "../document.ts";
import { figureHtml } from "../figures.ts";
import { STYLE } from "./html-style.ts";
import { tableHtml } from "./html-table.ts";
import { withIsolatedNames } from "../direction.ts";
import { documentOf } from "../sections/index.ts";

/** A report whose page needs nothing from anywhere: what a browser must not fetch, it may not. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * The whole report as one HTML page that stands alone: no script, no picture or font to fetch, light and dark, fit
 * for print. The figure first, then what was asked, then section by section as in the other formats.
 */
export function formatHtml(report: FullReport): string {
  const made = documentOf(report, withIsolatedNames);
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeXml(made.title)}</title>`,
    `<style>${STYLE}</style>`,
    "</head>",
    "<body>",
    "<main>",
    ...bodyHtml(made),
    "</main>",
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

function bodyHtml({ title, about, notes, sections, closing }: ReportDocument): string[] {
  const ordered = figureFirst(sections);
  const links = ordered.map(({ key, title }) => `<li><a href="#${key}">${escapeXml(title)}</a></li>`);
  return [
    `<header class="about"><h1>${escapeXml(title)}</h1>${about.map(paragraphHtml).join("")}</header>`,
    ...(notes.length === 0
      ? []
      : [`<section class="notes"><h2>Read this first</h2>${notes.map(paragraphHtml).join("")}</section>`]),
    `<nav aria-label="On this page"><ul>${links.join("")}</ul></nav>`,
    ...ordered.map(sectionHtml),
    `<footer><p>${escapeXml(closing)}</p></footer>`,
  ];
}

/** The section with the figure before all others, which keep their order. */
const figureFirst = (sections: readonly DocumentSection[]): readonly DocumentSection[] => [
  ...sections.filter(({ key }) => key === "pairs"),
  ...sections.filter(({ key }) => key !== "pairs"),
];

const sectionHtml = ({ key, title, blocks }: DocumentSection): string =>
  [`<section id="${key}">`, `<h2>${escapeXml(title)}</h2>`, ...blocks.map(blockHtml), "</section>"]
    .filter((part) => part !== "")
    .join("\n");

const paragraphHtml = (text: string): string => `<p>${escapeXml(text)}</p>`;

function blockHtml(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `<h3>${escapeXml(block.text)}</h3>`;
    case "text":
      return paragraphHtml(block.text);
    case "list":
      return `<ul>${block.items.map((item) => `<li>${escapeXml(item)}</li>`).join("")}</ul>`;
    case "quote":
      return (
        `<h3>${escapeXml(block.title)}</h3>` +
        `<blockquote dir="auto">${escapeXml(block.lines.join("\n"))}</blockquote>`
      );
    case "figure":
      return figureHtml(block.figure);
    case "table":
      return tableHtml(block.table);
    case "bars":
      return "";
  }
}
