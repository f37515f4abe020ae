import { describe, expect, test } from "vitest";
import { renderText } from "../../../server/rendering/render-text.ts";
import { readStrictHtml } from "./strict-html.ts";

describe("texts made to come out large", () => {
  const MACRO = "$\\def\\a#1{#1#1#1#1}\\a{\\a{\\a{\\a{x}}}}$ ";
  const PIECES = [
    ...[
      MACRO,
      `$${MACRO}$\n\n`,
      "$x$ ",
      "$\\frac{a}{b}$ ",
      "$$x$$ ",
      "$$\nx^2\n$$\n\n",
      "\\(\\sqrt{x}\\) ",
      "\\[x\\]\n\n",
    ],
    ...[
      "*a* ",
      "`a` ",
      "# a\n\n",
      "- a\n",
      "> a\n\n",
      "|a|b|\n|-|-|\n|||\n\n",
      '"',
      "&",
      "a\n",
      "![](a) ",
      "<sub>",
      "<sub>a</sub>",
      "<br>",
      "\\begin{align}",
      " /\\\n",
      "- [ ] a\n",
    ],
  ];
  const LENGTHS = [5_000, 30_000, 199_000];
  const cases = PIECES.flatMap((piece) => LENGTHS.map((length) => [piece, length] as const));

  test.each(cases)(
    "%j, again and again up to %i characters, stay below a million or come as their source",
    (piece, length) => {
      const text = piece.repeat(Math.floor(length / piece.length));
      const html = renderText(text);
      const { elements, text: shown } = readStrictHtml(html);
      if (elements.length === 1 && elements[0] === "pre") expect(shown.trim()).toBe(text.trim());
      else expect(html.length).toBeLessThanOrEqual(1_000_000);
    },
  );

  test("are formulas as long as there is room, and otherwise their source: all of them or none", () => {
    const formulas = (count: number) => readStrictHtml(renderText(MACRO.repeat(count))).elements;
    const size = renderText(MACRO).length;
    expect(size).toBeGreaterThan(MACRO.length * 20);
    expect(formulas(Math.floor(990_000 / size)).filter((name) => name === "math").length).toBeGreaterThan(
      100,
    );
    expect(formulas(Math.ceil(1_010_000 / size))).toEqual(["pre"]);
  });
});
