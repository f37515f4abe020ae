import { useId, useState } from "preact/hooks";
import { words } from "../../../words/dashboard.ts";
import { filesOfDrop, filesOfInput, type GivenFile } from "./dropped-files.ts";

const text = words.setup.drop;

/** Takes files and folders, dropped or chosen. */
export function DropZone({
  onFiles,
  children,
}: {
  onFiles: (files: GivenFile[]) => void;
  children?: preact.ComponentChildren;
}) {
  const [isOver, setOver] = useState(false);
  const give = (files: GivenFile[]) => {
    if (files.length > 0) onFiles(files);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (event.dataTransfer) void filesOfDrop(event.dataTransfer).then(give);
  };
  return (
    <div
      class={isOver ? "drop-zone over" : "drop-zone"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {children ?? <p class="drop-here">{text.here}</p>}
      <p class="buttons">
        <Picker label={text.files} give={give} />
        <Picker label={text.folder} isFolder give={give} />
      </p>
    </div>
  );
}

/** A button that is the browser's own input for files: it can be reached by keyboard. */
function Picker({
  label,
  isFolder = false,
  give,
}: {
  label: string;
  isFolder?: boolean;
  give: (files: GivenFile[]) => void;
}) {
  const id = useId();
  return (
    <span class="picker">
      <input
        id={id}
        type="file"
        multiple

        {...(isFolder ? { webkitdirectory: true } : {})}
        onChange={(event) => {
          give(filesOfInput(event.currentTarget));
          event.currentTarget.value = "";
        }}
      />
      <label for={id} class="button">
        {label}
      </label>
    </span>
  );
}
