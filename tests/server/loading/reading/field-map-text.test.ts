import { expect, it } from "vitest";
import { fieldMapText, parseFieldMap } from "../../../../server/loading/reading/field-map.ts";

it.each([
  "output=text,prompt_id=id",
  "prompt=intro+question?,output=data.answers[0]",
  "choice=label{1:a|2:b|*:tie},system:=ours",
  "choice=label{left:a|*:*}",
  "note=,prompt=a\\,b,source:=x\\,y",
])("a map is written as it is read: %s", (text) => {
  expect(parseFieldMap(fieldMapText(parseFieldMap(text)))).toEqual(parseFieldMap(text));
});
