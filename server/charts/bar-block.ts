import type { Pair } from "../contract/report.ts";
import { BAR_HEIGHT, BOLD, TEXT_SIZE, type Block, type Columns } from "./bar-layout.ts";
import { stackedBar } from "./bar-row.ts";
import { textLine } from "./bar-text.ts";
import type { ChartWords } from "./chart-words.ts";
import { isolated } from "./isolate.ts";
import { element, escapeXml } from "./svg.ts";
import { fitText } from "./text-fit.ts";

interface BlockPlace {
  columns: Columns;
  words: ChartWords;
  id: string;
  top: number;
  /** Whether a line parts it from the block above. */
  ruled: boolean;
  /** Whether the system is named beside the one it stands against. */
  named: boolean;
}

/** All rows of one system against one other, under its name. */
export function blockMarkup(block: Block, place: BlockPlace): string {
  const { columns, top } = place;
  const rule = element("line", {
    class: "tb-rule",
    ...{ x1: 0, x2: columns.width, y1: top + 1, y2: top + 1 },
    stroke: "#b8b8b8",
    "stroke-width": 1,
  });
  const rows = block.pairs.map((pair, index) =>
    rowMarkup(pair, top + columns.blockTop + index * columns.rowHeight, place),
  );
  return element("g", { class: "tb-block" }, [place.ruled ? rule : "", blockName(block, place), ...rows]);
}

function blockName(block: Block, { columns, words, top, named }: BlockPlace): string {
  const { narrow, nameRoom, width } = columns;
  const y = narrow ? top + 20 : top + columns.blockTop + columns.barTop + 14;
  const [system, against] = [isolated(block.system), isolated(block.against)];
  const other = words.against(against);
  const whole = named ? `${system} ${other}` : block.against;
  const lines = !named
    ? [textLine(fitBold(against, nameRoom), { x: 0, y, bold: true })]
    : narrow
      ? [
          textLine(fitBold(system, width / 2 - 8), { x: 0, y, bold: true }),
          textLine(fit(other, width / 2 - 8), { x: width, y, anchor: "end" }),
        ]
      : [
          textLine(fitBold(system, nameRoom), { x: 0, y: y - 7, bold: true }),
          textLine(fit(other, nameRoom), { x: 0, y: y + 9 }),
        ];
  return element("g", { class: "tb-name" }, [element("title", {}, [escapeXml(whole)]), ...lines]);
}

function rowMarkup(pair: Pair, top: number, { columns, words, id }: BlockPlace): string {
  const box = { x: columns.barX, y: top + columns.barTop, width: columns.barWidth, height: BAR_HEIGHT };
  const y = columns.narrow ? top + 12 : box.y + 14;
  return element("g", { class: pair.group === null ? "tb-row tb-all" : "tb-row" }, [
    element("title", {}, [escapeXml(words.row(pair))]),
    textLine(fit(isolated(pair.group ?? words.allPeople), columns.groupRoom), {
      x: columns.groupX,
      y,
      italic: pair.group === null,
    }),
    stackedBar(pair, box, id, words),
    numbers(pair, y, columns, words),
  ]);
}

function numbers(pair: Pair, y: number, columns: Columns, words: ChartWords): string {
  const end = { y, anchor: "end", small: true } as const;
  const count = columns.narrow
    ? ""
    : textLine(words.count(pair.judgments), { x: columns.countEnd, ...end, quiet: true });
  if (pair.judgments === 0) return count;
  const score = words.score(pair.halfTieRate);
  const content = columns.narrow ? `${words.halfTieRate} ${score}` : score;
  return count + textLine(content, { x: columns.scoreEnd, ...end });
}

function fit(text: string, room: number): string {
  return fitText(text, room, TEXT_SIZE);
}

function fitBold(text: string, room: number): string {
  return fitText(text, room, TEXT_SIZE * BOLD);
}
