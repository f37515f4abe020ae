import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderText } from "../../../server/rendering/render-text.ts";
import { readStrictHtml } from "./strict-html.ts";

const textOf = (markdown: string): string => readStrictHtml(renderText(markdown)).text;

describe("blocks", () => {
  test("headings never reach the first two levels of the page", () => {
    const all = [1, 2, 3, 4, 5, 6].map((level) => `${"#".repeat(level)} a`).join("\n");
    expect(readStrictHtml(renderText(`${all}\n\nb\n===`)).elements).toEqual([
      ...["h3", "h4", "h5", "h6", "h6", "h6", "h3"],
    ]);
  });

  test("code keeps its signs, and its language leaves no trace", () => {
    expect(renderText("```python\nif a < b:\n    print('&')\n```")).toBe(
      '<pre dir="ltr" tabindex="0"><code>if a &lt; b:\n    print(&#39;&amp;&#39;)\n</code></pre>\n',
    );
    expect(renderText("`a < b`")).toBe('<p dir="auto"><code dir="ltr">a &lt; b</code></p>\n');
  });

  test("dollar signs in code are no formulas", () => {
    expect(renderText("`$x$`")).not.toContain("<math");
    expect(renderText("```\n$$\nx\n$$\n```")).not.toContain("<math");
  });

  test("tables carry their alignment as classes", () => {
    const html = renderText("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |");
    expect(html).toContain('<th class="align-left" dir="auto">a</th>');
    expect(html).toContain('<td class="align-center" dir="auto">2</td>');
    expect(html).toContain('<td class="align-right" dir="auto">3</td>');
  });

  test("lists nest and keep their first number; task boxes are letters", () => {
    const html = renderText("3. a\n   - [x] b\n   - [ ] c\n4. d");
    expect(html).toContain('<ol start="3" dir="ltr">');
    expect(readStrictHtml(html).elements).toEqual(["ol", "li", "ul", "li", "li", "li"]);
    expect(readStrictHtml(html).text).toMatch(/☑ b\n☐ c/);
  });

  test("marks inside a line", () => {
    expect(renderText("*a* **b** ~~c~~")).toBe('<p dir="auto"><em>a</em> <strong>b</strong> <s>c</s></p>\n');
  });

  test("nothing gives nothing", () => {
    expect(renderText("")).toBe("");
    expect(renderText(" \n\t\n")).toBe("");
  });
});

describe("line ends", () => {
  test.each(["\n", "\r\n", "\r", "\u2028"])("%j breaks the line of a poem", (end) => {
    expect(renderText(`old pond${end}frog leaps in${end}splash`)).toBe(
      '<p dir="auto">old pond<br>\nfrog leaps in<br>\nsplash</p>\n',
    );
  });

  test("U+2028 is a line of code too, and starts no block", () => {
    expect(renderText("```\na\u2028b\n```")).toContain("a\nb");
    expect(readStrictHtml(renderText("a\u2028# b")).elements).toEqual(["p", "br"]);
  });

  test("NUL becomes U+FFFD, short or long; zero-width signs stay", () => {
    expect(renderText("a\0b")).toContain("a\uFFFDb");
    expect(renderText("a\0b".repeat(100_000))).not.toContain("\0");
    expect(renderText("a\u200b\u200db")).toContain("a\u200b\u200db");
  });
});

describe("links and images", () => {
  test("a link shows its words, then its address", () => {
    expect(renderText("[the *site*](https://a.example/?x=1&y=2)")).toBe(
      '<p dir="auto"><span class="link">the <em>site</em> (<span class="address" dir="ltr">https://a.example/?x=1&amp;y=2</span>)</span></p>\n',
    );
  });

  test.each([
    ["<https://a.example/>", "https://a.example/"],
    ["[https://a.example](https://a.example/)", "https://a.example"],
    ["[a.example](https://a.example)", "a.example"],
    ["<me@a.example>", "me@a.example"],
    ["[me@a.example](mailto:me@a.example)", "me@a.example"],
    ["[up](#top)", "up"],
    ["[write](mailto:me@a.example)", "write (mailto:me@a.example)"],
    ["[](https://a.example)", "(https://a.example)"],
    ["[中文](https://zh.example/中文)", "中文 (https://zh.example/中文)"],
    ["std::map<std::string>", "std::map<std::string>"],
    ["https://a.example/a_b_c", "https://a.example/a_b_c"],
  ])("%s reads %s", (markdown, text) => {
    expect(textOf(markdown).trim()).toBe(text);
  });

  test("link definitions stay visible", () => {
    expect(textOf("See [1].\n\n[1]: https://a.example")).toContain("[1]: https://a.example");
  });

  test.each([
    ["a<br>b<BR/>c<br />d", "a\nb\nc\nd"],
    ["H<sub>2</sub>O and x<SUP>*2*</SUP>", "H2O and x2"],
    ["<sub>a<sub>b</sub>c</sub>", "a<sub>bc</sub>"],
    [
      "<sub class=x>a</sub> <sup>b <br onclick=x> </sub>",
      "<sub class=x>a</sub> <sup>b <br onclick=x> </sub>",
    ],
    ["`<br>` &lt;br&gt; \\<br>", "<br> <br> <br>"],
    ["<sub></sub> <sup>" + "x".repeat(300) + "</sup>", "<sub></sub> <sup>" + "x".repeat(300) + "</sup>"],
  ])("%s: only these tags are read, and without attributes", (markdown, text) => {
    expect(textOf(markdown).trim()).toBe(text);
  });

  test("every word stands once, whatever tags, code and marks are around it", () => {
    const marks = [
      "<sub>",
      "</sub>",
      "<sup>",
      "</sup>",
      "<br>",
      "`",
      "**",
      "[",
      "](u)",
      "İ",
      "\\",
      "\n",
      "\n\n",
      " ",
    ];
    const piece = fc.oneof(fc.constant(null), fc.constantFrom(...marks));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
        const words = pieces.flatMap((one, at) => (one === null ? [`Q${at}Z`] : []));
        const text = textOf(pieces.map((one, at) => one ?? `Q${at}Z`).join(""));
        for (const word of words) expect(text.split(word), word).toHaveLength(2);
      }),
      { numRuns: 500 },
    );
  });

  test("tags are read in the cells of a table", () => {
    const { elements } = readStrictHtml(renderText("| a |\n|--|\n| x<br>y<sub>2</sub> |"));
    expect(elements.slice(-3)).toEqual(["td", "br", "sub"]);
  });

  test("an image is a placeholder with its words", () => {
    expect(renderText("![a *red* <fox> $x$](https://a.example/f.png)")).toBe(
      '<p dir="auto"><span class="image">[image not shown: a red &lt;fox&gt; x]</span></p>\n',
    );
    expect(textOf("![](x.png)").trim()).toBe("[image not shown]");
  });
});

describe("scripts of the world", () => {
  test("Chinese", () => {
    expect(renderText("**你好**，世界。\n\n1. 一\n2. 二")).toBe(
      '<p dir="auto"><strong>你好</strong>，世界。</p>\n' +
        '<ol dir="ltr">\n<li dir="ltr">一</li>\n<li dir="ltr">二</li>\n</ol>\n',
    );
  });

  test("paragraphs, headings and cells find their own direction", () => {
    expect(renderText("مرحبا\n\nhello\n\n# שלום")).toBe(
      '<p dir="auto">مرحبا</p>\n<p dir="auto">hello</p>\n<h3 dir="auto">שלום</h3>\n',
    );
    expect(renderText("| a |\n|---|\n| שלום |")).toContain('<td dir="auto">שלום</td>');
  });

  test("lists, items, quotations and tables have the direction of their first letter", () => {
    expect(renderText("- مرحبا\n- hello\n- 12")).toBe(
      '<ul dir="rtl">\n<li dir="rtl">مرحبا</li>\n<li dir="ltr">hello</li>\n<li dir="rtl">12</li>\n</ul>\n',
    );
    expect(renderText("1. one\n\n2. שתיים")).toMatch(/<ol dir="ltr">[^]*<li dir="rtl">\n<p dir="auto">שתיים/);
    expect(renderText("> 1\n>\n> שלום")).toContain('<blockquote dir="rtl">');
    expect(renderText("| مرحبا |\n|---|\n| a |")).toContain('<table dir="rtl">');
  });

  test("code and formulas run from left to right and decide nothing", () => {
    const html = renderText("- `x` و $y$ مرحبا");
    expect(html).toContain('<li dir="rtl"><code dir="ltr">x</code>');
    expect(html).toContain('<math dir="ltr">');
  });
});

describe("drawings made of signs", () => {
  const shown = (text: string) => {
    const { elements, text: said } = readStrictHtml(renderText(text));
    return elements.join(" ") === "pre code" ? said.replace(/\n+$/, "") : elements.join(" ");
  };

  test.each([
    " /\\_/\\\n( o.o )\n > ^ <",
    "+-----+\n| A box with words |\n+-----+",
    "   *\n  ***\n *****\n   |",
    "┌────┐\n│ ab │\n└────┘",
    "-------\n| X  |\n-------",
  ])("%j keeps its shape", (drawing) => {
    expect(shown(drawing)).toBe(drawing);
  });

  test.each([
    ["**Yes**\n**No**\n**So**", "p strong br strong br strong"],
    ["- [ ] a\n- [x] b\n- [ ] c", "ul li li li"],
    ["| a | b |\n|--|--|\n|  |  |", "div table thead tr th th tbody tr td td"],
    ["$$\n(  )\n$$", "div math mrow mo mo"],
    ["# A\n## B\n### C", "h3 h4 h5"],
    ["(a)\n(b)\n(c)", "p br br"],
    ["Hi\n=====\nyo", "h3 p"],
  ])("%j is none", (text, elements) => {
    expect(shown(text)).toBe(elements);
  });

  test("lines of verse that are set in stay so", () => {
    expect(renderText("Roses\n    are *red*\n\tand so\n on")).toBe(
      `<p dir="auto">Roses<br>\n${"\u00a0".repeat(4)}are <em>red</em><br>\n${"\u00a0".repeat(4)}and so<br>\non</p>\n`,
    );
  });
});
