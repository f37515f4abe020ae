import { describe, expect, test } from "vitest";
import { renderText } from "../../../server/rendering/render-text.ts";
import { readStrictHtml } from "./strict-html.ts";

const SQUARE = "<msup><mi>x</mi><mn>2</mn></msup>";
const textOf = (markdown: string): string => readStrictHtml(renderText(markdown)).text.trim();

describe("formulas", () => {
  test.each(["a $x^2$ b", "a \\(x^2\\) b", "a \\( x^2 \\) b"])("%j is read inside a line", (markdown) => {
    expect(renderText(markdown)).toBe(
      `<p dir="auto">a <math dir="ltr"><mrow>${SQUARE}</mrow></math> b</p>\n`,
    );
  });

  test.each([
    "$$x^2$$",
    "\\[x^2\\]",
    "$$\nx^2\n$$",
    "\\[\n\nx^2\n\n\\]",
    "a\n\\[\nx^2\n\\]\nb",
    "> $$\n> x^2\n> $$",
  ])("%j is read on lines of its own", (markdown) => {
    expect(renderText(markdown)).toContain(
      `<div class="formula" tabindex="0"><math dir="ltr" display="block"><mrow>${SQUARE}</mrow></math></div>`,
    );
  });

  test.each(["so $$x^2$$ is", "so \\[x^2\\] is"])("%j is a display inside a line", (markdown) => {
    expect(renderText(markdown)).toBe(
      `<p dir="auto">so <span class="formula" tabindex="0"><math dir="ltr" display="block"><mrow>${SQUARE}</mrow></math></span> is</p>\n`,
    );
  });

  test("what may be wider than its column scrolls in a box that can be reached by keyboard", () => {
    const wide = readStrictHtml(renderText("so $a+b+c+d+e+f+g=1$ is"));
    expect(wide.elements.slice(0, 3)).toEqual(["p", "span", "math"]);
    expect(renderText("so $a+b+c+d+e+f+g=1$ is")).toContain(
      '<span class="formula-inline" tabindex="0"><math',
    );
    expect(renderText("so $a^2+b^2=c^2$ is")).not.toContain("span");
  });

  test("lines of a display are no lists, headings or quotations", () => {
    const { elements } = readStrictHtml(renderText("\\[\nx\n= 5\n- 3\n> 2\n\\]."));
    expect(elements.filter((name) => /^(?:h\d|ul|li|p|blockquote)$/.test(name))).toEqual([]);
    expect(elements).toContain("math");
  });

  test("a display in a list item stays there", () => {
    expect(readStrictHtml(renderText("1. a\n   $$\n   x_1\n   $$\n2. b")).elements).toEqual([
      ...["ol", "li", "div", "math", "mrow", "msub", "mi", "mn", "li"],
    ]);
  });

  test("aligned lines, matrices, cases and boxes", () => {
    expect(renderText("$$\\begin{aligned}a&=b\\\\c&=d\\end{aligned}$$")).toContain("<mtable");
    expect(renderText("$\\begin{pmatrix}1&0\\\\0&1\\end{pmatrix}$")).toContain("<mtable");
    expect(renderText("$f = \\begin{cases}1 & \\text{if } x\\\\0 & \\text{else}\\end{cases}$")).toContain(
      "<mtable",
    );
    expect(renderText("$\\boxed{42}$")).toContain('<menclose notation="box">');
  });

  test.each(["align", "align*", "equation", "gather*", "cases", "pmatrix", "alignat*"])(
    "an environment needs no delimiters: %s",
    (name) => {
      const source = `\\begin{${name}}${name === "alignat*" ? "{2}" : ""}\nx = 1 \\\\\ny = 2\n\\end{${name}}`;
      const tex = name === "equation" ? source.replace("\\\\\n", "") : source;
      for (const text of [
        `So:\n${tex}.\nThen.`,
        `So ${tex} then.`,
        `1. a\n   ${tex.replaceAll("\n", "\n   ")}`,
      ]) {
        expect(renderText(text)).toContain("<math");
        expect(textOf(text)).not.toContain("begin");
      }
    },
  );

  test.each([
    "\\begin{itemize}\\item a\\end{itemize}",
    "\\begin{align} x",
    "\\begin{align}\\ce{H2O}\\end{align}",
    "`\\begin{align}x\\end{align}`",
  ])("%s stays as its source", (source) => {
    expect(renderText(source)).not.toContain("<math");
    expect(textOf(source).trim()).toBe(source.replaceAll("`", ""));
  });

  test("alphabets are letters of Unicode, which every browser shows", () => {
    expect(textOf("$\\mathbb{RC}\\mathbf{x1}\\mathcal{L}\\mathfrak{g}\\boldsymbol{\\alpha}$")).toBe(
      "ℝℂ𝐱𝟏ℒ𝔤𝜶",
    );
  });

  test("the source is not there a second time", () => {
    expect(renderText("$\\frac{a}{b}$")).not.toMatch(/annotation|frac\{/);
  });

  test("a percent sign hides nothing", () => {
    expect(textOf("\\(x = 20% + y\\)")).toBe("x=20%+y");
  });

  test("letters of other scripts are kept", () => {
    expect(textOf("$面积 = 5\\text{米}$")).toBe("面积=5米");
  });
});

describe("formulas that fail", () => {
  test.each(["$\\bad{x}$", "\\(\\frac{a}\\)", "$\\href{https://a.example}{x}$", "$\\def\\a{\\a\\a}\\a$"])(
    "%s stands as its source",
    (source) => {
      const html = renderText(`so ${source}`);
      expect(html).toContain('<code dir="ltr">');
      expect(readStrictHtml(html).text.trim()).toBe(`so ${source}`);
    },
  );

  test("a display stands as its source on lines of its own", () => {
    expect(renderText("\\[\n\\bad\n\\],")).toBe(
      '<pre dir="ltr" tabindex="0"><code>\\[\n\\bad\n\\],</code></pre>\n',
    );
  });

  test("a formula of more than 2,000 characters stands as its source", () => {
    expect(renderText(`$${"x+".repeat(999)}x$`)).toContain("<math");
    expect(renderText(`$${"x+".repeat(1_001)}x$`)).toMatch(/<code dir="ltr">\$x\+x/);
  });

  test("an opening delimiter alone is text", () => {
    expect(textOf("a \\(x and $y and \\[z and $$w")).toBe("a (x and $y and [z and $$w");
    expect(textOf("$$\nfirst\n\nsecond")).toContain("second");
  });
});

describe("money and other signs that look like delimiters", () => {
  test.each([
    "$5 and $10",
    "between $100k and $200k, or $1,000.50",
    "$5 or 10$ in all",
    "US$5 and US$10",
    "R$ 5 and R$ 10",
    "$20–$30",
    "$5-$10 ($7.50)",
    "(~$20)–$30",
    "$5/month, (US$)",
    "花费$5到20$之间",
    "$HOME and $PATH",
    "$HOME:$PATH",
    "$ and $",
    "$$ and $$",
    "$$ is cheap, $$$ is dear, $$$$ is dearest",
    "cost is 5$ and 10$",
  ])("%s", (text) => {
    expect(renderText(text)).not.toContain("<math");
    expect(textOf(text)).toBe(text);
  });

  test("money beside formulas", () => {
    expect(textOf("$5 for it ($x$)")).toBe("$5 for it (x)");
    expect(renderText("$5 for it ($x$)")).toContain("(<math");
    expect(renderText("**$5** when $n$th is $2n$")).toMatch(
      /<strong>\$5<\/strong> when <math.*<\/math>th is <math/,
    );
  });

  test("escaped signs are text", () => {
    expect(textOf("\\$5 and \\$10$")).toBe("$5 and $10$");
    expect(textOf("\\[1\\] Smith \\[Verse 1\\] \\(see the notes\\)")).toBe(
      "[1] Smith [Verse 1] (see the notes)",
    );
    expect(textOf("\\[Verse 1\\]")).toBe("[Verse 1]");
  });
});
