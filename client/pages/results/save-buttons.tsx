import { useState } from "preact/hooks";
import { words } from "../../words/results.ts";
import { chartFile, type Draw } from "./chart.tsx";
import type { Table } from "../../../server/report-document/document.ts";

/** What makes and keeps files comes when somebody saves one. */
const files = () => import("./save-file.ts");

/** A file of text. @param type such as `text/csv` */
export const textFile = async (text: string, type: string): Promise<Blob> =>
  (await files()).textFile(text, type);

export interface FileToSave {
  label: string;
  ending: string;
  make: () => Blob | Promise<Blob>;
}

interface Props {
  study: string;
  name: string;
  files: FileToSave[];
  /** What stands before the buttons. */
  label?: string;
}

/** Buttons that keep what is on the page as files, named after the study and `name`. */
export function SaveButtons({ study, name, files: offered, label = words.download }: Props) {
  const [failed, setFailed] = useState(false);
  const keep = async ({ ending, make }: FileToSave) => {
    try {
      const content = await make();
      (await files()).saveFile(`${study}-${name}.${ending}`, content);
      setFailed(false);
    } catch {
      setFailed(true);
    }
  };
  return (
    <p class="downloads">
      <span>{label}</span>
      {offered.map((file) => (
        <button
          key={file.ending}
          type="button"
          class="plain"
          aria-label={words.downloadFile(name, file.label)}
          onClick={() => void keep(file)}
        >
          {file.label}
        </button>
      ))}
      {failed && <span role="alert">{words.saveFailed}</span>}
    </p>
  );
}

export const chartFiles = (draw: Draw): FileToSave[] => [
  { label: words.downloads.svg, ending: "svg", make: () => textFile(chartFile(draw), "image/svg+xml") },
  { label: words.downloads.png, ending: "png", make: async () => (await files()).pngFile(chartFile(draw)) },
];

/** A table as the report writes it in these formats; the writers come when somebody saves one. */
export function tableFiles(table: Table, study: string): FileToSave[] {
  const writers = () => import("../../../server/report-document/write/table-files.ts");
  return [
    {
      ...{ label: words.downloads.csv, ending: "csv" },
      make: async () => textFile((await writers()).csvFile(table), "text/csv"),
    },
    {
      ...{ label: words.downloads.latex, ending: "tex" },
      make: async () => textFile((await writers()).latexFile(table, study), "application/x-tex"),
    },
  ];
}
