import { expect, test } from "vitest";
import { languageCode, LANGUAGES, languageTeller } from "../../../server/prompt-sets/steps/language.ts";
import { personalDataIn } from "../../../server/prompt-sets/steps/personal-data.ts";

const TEN = "a1B2c3D4e5";

// Rules: RFC 2606 (example domains), E.164, ISO/IEC 7812-1 (Luhn), ISO 13616 (IBAN), RFC 1918, 3849, 3927 and 5737 (addresses that
// are nobody's). The card and the IBANs are the published examples of payment networks and of the standard.
test.each([
  ["Write to ann.lee@uni-x.de.", ["1 e-mail address"]],
  ["a+b@c.co, d@e.org", ["2 e-mail addresses"]],
  ["müller@bücher.de", ["1 e-mail address"]],
  ["ann@example.com or ann@mail.example.org or x@y.test", []],
  ["git@github.com:owner/name", []],
  ["https://user:secret@host.com", []],
  ["@ann, 5@3 and a@b", []],
  ["Call +49 30 901820 now", ["1 telephone number"]],
  ["+1 (555) 010-9999", ["1 telephone number"]],
  ["+1234567", []],
  ["2+12345678", []],
  ["C+12345678", []],
  ["4111 1111 1111 1111", ["1 card number"]],
  ["4111-1111-1111-1112", []],
  ["378282246310005", ["1 card number"]],
  ["0000 0000 0000 0000", []],
  ["3.14159265358979323846", []],
  ["DE89 3704 0044 0532 0130 00", ["1 IBAN"]],
  ["GB82WEST12345698765432", ["1 IBAN"]],
  ["DE88 3704 0044 0532 0130 00", []],
  ["8.8.8.8 and 9.9.9.9", ["2 IP addresses"]],
  ["192.168.0.1, 10.0.0.1, 172.16.0.1, 127.0.0.1, 203.0.113.7, 0.0.0.0, 255.255.255.0", []],
  ["172.32.0.1", ["1 IP address"]],
  ["version 1.2.3.4, v1.2.3.4, 1.2.3.4.5, 256.1.1.1, 01.2.3.4", []],
  ["2607:f8b0:4005:805::200e", ["1 IP address"]],
  ["2001:db8:1:2::3, fe80:1:2:3::4, 12:30:45, std::vector", []],
  [`AKIA${"A1".repeat(8)}`, ["1 secret key"]],
  [`sk-${TEN}${TEN}`, ["1 secret key"]],
  [`ghp_${TEN.repeat(3)}abcdef`, ["1 secret key"]],
  ["-----BEGIN RSA PRIVATE KEY-----", ["1 secret key"]],
  ["sk-learn, a task-oriented-programming-language-x", []],
  ["As u/some_name and /u/other said", ["2 Reddit users' names"]],
  ["r/u/x, u/v, I/O and mu/sigma", []],
  ["Why does dough rest for 1,000 seconds at 30 °C?", []],
])("finds in %j %j", (text, found) => {
  expect(personalDataIn(text)).toEqual(found);
});

test("tells languages of plain sentences, and says where it cannot", async () => {
  const tell = await languageTeller(null);
  expect(
    [
      "How do I bake bread without an oven?",
      "Wie backe ich Brot ohne einen Ofen?",
      "Comment faire du pain sans four ?",
      "¿Cómo hago pan sin horno en casa?",
      "如何在家里做面包？",
      "パンの作り方を教えてください",
      "Hi",
      "2 + 2 = ?",
      "```\nfor x in y: print(x)\n```",
      "",
    ].map(tell),
  ).toEqual(["en", "de", "fr", "es", "zh", "ja", "unsure", "unsure", "unsure", "unsure"]);
  const few = await languageTeller(["en", "de"]);
  expect(few("Wie backe ich Brot ohne einen Ofen?")).toBe("de");
  expect(few("如何在家里做面包？")).toBe("unsure");
  expect(tell("如何在家里做面包？")).toBe("zh");
});

test("knows the languages that the package knows", async () => {
  const { eld } = await import("eld/medium");
  expect(Object.values(eld.info().Languages)).toEqual(LANGUAGES);
});

test.each([
  ["English", "en"],
  ["pt-BR", "pt"],
  ["zh_Hant", "zh"],
  ["Chinese", "zh"],
  ["Lao", "lo"],
  ["unknown", null],
  ["", null],
])("the code of %j is %j", (name, expected) => {
  expect(languageCode(name)).toBe(expected);
});
