import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { textOfBody } from "../../../server/model-servers/reply-body.ts";

const TEXT = "Marañón – “a”";
const bytes = Buffer.from("Mara\xf1\xf3n \x96 \x93a\x94", "latin1");

it.each([
  {
    what: "of Windows-1252, whose dashes and quotation marks ISO 8859-1 lacks",
    body: bytes,
    type: "text/plain; charset=windows-1252",
  },
  {
    what: "that is packed",
    body: gzipSync(bytes),
    type: "text/plain; charset=windows-1252",
    packing: "gzip",
  },
  { what: "of UTF-16 by its mark", body: Buffer.from(`\ufeff${TEXT}`, "utf16le"), type: "text/plain" },
  { what: "of an unknown charset as UTF-8", body: Buffer.from(TEXT), type: "text/plain; charset=none-such" },
])("the text of a body is read: $what", ({ body, type, packing = "" }) => {
  expect(textOfBody(body, { "content-type": type, "content-encoding": packing })).toBe(TEXT);
});
