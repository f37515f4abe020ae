import { escapeXml } from "../../charts/svg.ts";
import type { FullReport } from "../../contract/report.ts";
import {
  type Item,
  methodsAddress,
  methodsFile,
  type ReportDocument,
  type Section,
  type SectionKey,
} from "../document.ts";
import { flat, type FlatPart } from "./flat.ts";
import { figureHtml } from "./html-figures.ts";
import { STYLE } from "./html-style.ts";
import { tableHtml } from "./html-table.ts";
import { withIsolatedNames } from "../direction.ts";
import { documentOf } from "../sections/index.ts";
import type { Reading } from "./reading.ts";
import { NOTES_TITLE, VERDICTS_LABEL } from "../words.ts";

/** A report whose page needs nothing from anywhere: what a browser must not fetch, it may not. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * The report as one HTML page that stands alone: no script, no picture or font to fetch, light and dark, fit
 * for print. The verdicts first, then the figure, then section by section as in the other formats.
 */
export function formatHtml(report: FullReport, { only, publicUrl }: Reading): string {
  const made = documentOf(report, { only, clean: withIsolatedNames });
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
    ...bodyHtml(made, publicUrl),
    "</main>",
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

function bodyHtml(
  { title, about, notes, verdicts, sections, closing }: ReportDocument,
  publicUrl: string | null,
): string[] {
  const links = sections.map(({ key, title }) => `<li><a href="#${key}">${escapeXml(title)}</a></li>`);
  return [
    `<header class="about"><h1>${escapeXml(title)}</h1>${about.map(paragraphHtml).join("")}</header>`,
    ...(notes.length === 0
      ? []
      : [`<section class="notes"><h2>${NOTES_TITLE}</h2>${notes.map(paragraphHtml).join("")}</section>`]),
    ...(verdicts.length === 0
      ? []
      : [
          `<section class="verdicts" aria-label="${VERDICTS_LABEL}">${verdicts.map(paragraphHtml).join("")}</section>`,
        ]),
    `<nav aria-label="On this page"><ul>${links.join("")}</ul></nav>`,
    ...sections.map((section) => sectionHtml(section, publicUrl)),
    `<footer><p>${escapeXml(closing)}</p></footer>`,
  ];
}

const sectionHtml = ({ key, title, finding, parts }: Section, publicUrl: string | null): string =>
  [
    `<section id="${key}">`,
    `<h2>${escapeXml(title)}</h2>`,
    ...(finding === null ? [] : [`<p class="finding">${escapeXml(finding)}</p>`]),
    ...flat(parts, ({ kind }) => kind !== "bars").map(partHtml),
    `<p class="methods">Methods: ${methodsHtml(key, publicUrl)}</p>`,
    "</section>",
  ].join("\n");

function methodsHtml(key: SectionKey, publicUrl: string | null): string {
  if (publicUrl === null) return methodsFile(key);
  const address = escapeXml(publicUrl + methodsAddress(key));
  return `<a href="${address}">${address}</a>`;
}

const paragraphHtml = (text: string): string => `<p>${escapeXml(text)}</p>`;

function itemHtml({ text, strong = "" }: Item): string {
  const at = strong === "" ? -1 : text.indexOf(strong);
  if (at < 0) return `<li>${escapeXml(text)}</li>`;
  const rest = escapeXml(text.slice(at + strong.length));
  return `<li>${escapeXml(text.slice(0, at))}<strong>${escapeXml(strong)}</strong>${rest}</li>`;
}

function partHtml(part: FlatPart): string {
  switch (part.kind) {
    case "heading":
      return `<h3>${escapeXml(part.text)}</h3>`;
    case "text":
      return paragraphHtml(part.text);
    case "guide":
      return `<p class="guide">${escapeXml(part.text)}</p>`;
    case "list":
      return `<ul>${part.items.map(itemHtml).join("")}</ul>`;
    case "quote":
      return `<blockquote dir="auto">${escapeXml(part.lines.join("\n"))}</blockquote>`;
    case "figure":
      return figureHtml(part.figure);
    case "table":
      return tableHtml(part.table);
    case "bars":
      return "";
  }
}
