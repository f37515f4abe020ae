import type { Item, Part } from "../../../server/report-document/document.ts";
import { words } from "../../words/results.ts";
import { Chart } from "./chart.tsx";
import { ChoiceView } from "./choice-view.tsx";
import { chartFiles, SaveButtons } from "./save-buttons.tsx";
import type { Setting } from "./setting.ts";
import { TableView } from "./table-view.tsx";

interface Props {
  parts: readonly Part[];
  setting: Setting;
}

/** The parts of a section of the report, in their order. */
export function PartsView({ parts, setting }: Props) {
  return (
    <>
      {parts.map((part, i) => (
        <PartView key={`${part.kind} ${String(i)}`} part={part} setting={setting} />
      ))}
    </>
  );
}

function PartView({ part, setting }: { part: Part; setting: Setting }) {
  switch (part.kind) {
    case "heading":
      return (
        <h3>
          <bdi>{part.text}</bdi>
        </h3>
      );
    case "text":
      return <p class="prose">{part.text}</p>;
    case "guide":
      return <p class="means">{part.text}</p>;
    case "list":
      return (
        <ul class="plain-list">
          {part.items.map((item) => (
            <li key={item.text}>
              <ItemText item={item} /> <Judgments item={item} setting={setting} />
            </li>
          ))}
        </ul>
      );
    case "quote":
      return (
        <p class="guidelines" dir="auto">
          {part.lines.map(withoutMarks).join("\n")}
        </p>
      );
    case "figure":
      return <FigureView figure={part.figure} setting={setting} />;
    case "table":
      return <TableView key={part.table.key} table={part.table} setting={setting} />;
    case "fold":
      return (
        <details>
          <summary>{part.title}</summary>
          <PartsView parts={part.parts} setting={setting} />
        </details>
      );
    case "choice":
      return <ChoiceView choice={part} show={(parts) => <PartsView parts={parts} setting={setting} />} />;
    case "bars":
      return null;
  }
}

function ItemText({ item: { text, strong = "" } }: { item: Item }) {
  const at = strong === "" ? -1 : text.indexOf(strong);
  if (at < 0) return <>{text}</>;
  return (
    <>
      {text.slice(0, at)}
      <strong>
        <bdi>{strong}</bdi>
      </strong>
      {text.slice(at + strong.length)}
    </>
  );
}

function Judgments({ item: { to }, setting }: { item: Item; setting: Setting }) {
  const href = setting.hrefOf(to);
  if (to === undefined || href === undefined) return null;
  return (
    <a href={href} aria-label={words.theJudgmentsOf(to)}>
      {words.theJudgments}
    </a>
  );
}

function FigureView({
  figure,
  setting,
}: {
  figure: Extract<Part, { kind: "figure" }>["figure"];
  setting: Setting;
}) {
  const draw = (width: number) => setting.draw(figure, { width, id: `figure-${figure.key}` });
  return (
    <>
      <Chart draw={draw}>{setting.captionOf(figure)}</Chart>
      <SaveButtons study={setting.study} name={`${figure.key}-figure`} files={chartFiles(draw)} />
    </>
  );
}

/** Markdown for reading as it stands: no marks of bold, and a dot before what is listed. */
const withoutMarks = (line: string): string =>
  line.replace(/\*\*(.+?)\*\*/g, "$1").replace(/^[-*] /, "\u2022 ");
