import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTimes, SEPARATOR } from "../../../../server/analysis/rows/time-text.ts";

const timesOf = (texts: readonly string[]) => {
  const times: number[] = [];
  parseTimes(texts.join(SEPARATOR), (place, time) => (times[place] = time));
  return times;
};

describe("times in one text", () => {
  it("are those of Date.parse, whether this project wrote them, others did, or they are none", () => {
    const written = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
    const likewise = fc.tuple(
      ...[..."dddd-dd-ddTdd:dd:dd.dddZ"].map((one) => (one === "d" ? digit : fc.constant(one))),
    );
    const any = fc.oneof(
      written,
      likewise.map((signs) => signs.join("")),
      fc.constantFrom(...OTHERS),
    );
    fc.assert(
      fc.property(fc.array(any, { minLength: 1 }), (texts) => {
        expect(timesOf(texts)).toEqual(texts.map((text) => Date.parse(text)));
      }),
    );
  });
});

const digit = fc.constantFrom(..."0123456789");
const OTHERS = [
  ...["", "2026-02-30T10:00:00.000Z", "2026-13-01T00:00:00.000Z", "2026-01-05T24:00:00.000Z", "yesterday"],
  ...["2026-01-05T09:00:00Z", "2026-01-05T09:00:00.000+02:00", "2026-01-05", "2026-01-05T23:59:60.000Z"],
];
