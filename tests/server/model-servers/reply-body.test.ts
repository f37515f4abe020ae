import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { textOfBody } from "../../../server/model-servers/reply-body.ts";

const bytes = Buffer.from("Mara\xf1\xf3n \x96 \x93a\x94", "latin1");

it.each([
  [
    "of Windows-1252, whose dashes and quotation marks ISO 8859-1 lacks",
    bytes,
    "text/plain; charset=windows-1252",
  ],
  ["packed, too", gzipSync(bytes), "text/plain; charset=windows-1252", "gzip"],
  ["of UTF-16 by its mark", Buffer.from("\ufeffMarañón – “a”", "utf16le"), "text/plain"],
  ["of a charset that nobody knows as UTF-8", Buffer.from("Marañón – “a”"), "text/plain; charset=none-such"],
])("the text of a body is read: %s", (_, body, type, encoding = "") => {
  expect(textOfBody(body, { "content-type": type, "content-encoding": encoding })).toBe("Marañón – “a”");
});
