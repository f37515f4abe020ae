import { describe, expect, it } from "vitest";
import { parseFieldMap } from "../../../../server/loading/reading/field-map.ts";
import { tellFile } from "../../../../server/loading/reading/read-file.ts";
import { newFile } from "./reading-support.ts";
import { options } from "./reading-options.ts";

describe("what each column is taken for", () => {
  it.each([
    {
      file: "joined.json",
      text: '[{"instruction":"Shorten.","input":"It rains.","output":"Rain.","generator":"ours","dataset":"own"}]',
      taken: {
        instruction: "prompt",
        input: "prompt",
        output: "output",
        generator: "system",
        dataset: "metadata",
      },
    },
    {
      file: "tasks.json",
      text: '[{"id":1,"data":{"prompt":"Herb?","answer1":"Thyme.","answer2":"Mint."},"annotations":[{"id":7,"completed_by":1,"result":[{"type":"pairwise","value":{"selected":"left"}}]}]}]',
      taken: { id: "read", data: "conversation", annotations: "read" },
    },
    {
      file: "mapped.csv",
      map: "prompt=q,output=text,note=",
      text: "q,text,note\nHerb?,Thyme.,x\n",
      taken: { q: "prompt", text: "output", note: "left out" },
    },
    { file: "unreadable.csv", text: "a,b\n1,2\n", taken: {} },
  ])("$file", async ({ file, text, map = "", taken }) => {
    const { columns } = await tellFile(newFile(file, text), options(file, { map: parseFieldMap(map) }));
    expect(Object.fromEntries(columns.map(({ column, takenFor }) => [column, takenFor]))).toEqual(taken);
  });
});
