import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderText } from "../../../server/rendering/render-text.ts";
import { times } from "../../support/effort.ts";
import { readStrictHtml } from "./strict-html.ts";

const ATTACKS = [
  "<script>alert(1)</script>",
  "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
  "<scr<script>ipt>alert(1)</scr</script>ipt>",
  '<img src=x onerror="alert(1)">',
  "<img/src='x'/onerror=alert(1)>",
  '<svg onload="alert(1)"><a xlink:href="javascript:alert(1)">x</a></svg>',
  "<svg><script>alert&#40;1&#41;</script></svg>",
  '<math href="javascript:alert(1)"><mi>x</mi></math>',
  "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  "<style>body { display: none }</style>",
  '<div style="position:fixed;inset:0">A is better</div>',
  '<link rel=stylesheet href="https://evil.example">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<base href="https://evil.example/">',
  '<form action="https://evil.example"><input name=token></form>',
  "<!--><img src=x onerror=alert(1)>-->",
  "<![CDATA[<script>alert(1)</script>]]>",
  "<?php echo '<script>' ?>",
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt:alert(1))",
  "[x](java\tscript:alert(1))",
  "[x](&#x6A;avascript:alert(1))",
  "[x](javascript&colon;alert(1))",
  "[x](data:text/html;base64,PHNjcmlwdD4=)",
  "[x](vbscript:msgbox(1))",
  "[x](file:///etc/passwd)",
  "[x](//evil.example)",
  '[x](https://a.example "onmouseover=alert(1)")',
  '[x](https://a.example/"onmouseover="alert(1))',
  "[x](<https://a.example/><script>alert(1)</script>>)",
  "[<script>alert(1)</script>](https://a.example)",
  "[![x](javascript:alert(1))](javascript:alert(2))",
  "![x](https://evil.example/beacon.png)",
  '![" onerror="alert(1)](x)',
  "![x](data:image/svg+xml;base64,PHN2Zz4=)",
  "![![x](https://evil.example/a.png)](https://evil.example/b.png)",
  "<javascript:alert(1)>",
  '<https://a.example/"onclick=alert(1)>',
  "[a]: javascript:alert(1)\n\n[a]",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "&#60;script&#62;alert(1)",
  "`<script>alert(1)</script>`",
  "```html\n<script>alert(1)</script>\n```",
  '```"><script>alert(1)</script>\nx\n```',
  "    <script>alert(1)</script>",
  "| <script> |\n|:--|\n| <img src=x onerror=alert(1)> |",
  "# <script>alert(1)</script>",
  "- <script>\n  - > <svg onload=alert(1)>",
  "**<b onclick=alert(1)>**",
  "\\<script>alert(1)\\</script>",
  "<script\0>alert(1)</script>",
  "$\\href{javascript:alert(1)}{x}$",
  "$\\url{javascript:alert(1)}$",
  "$\\includegraphics{https://evil.example/x.png}$",
  "$\\htmlData{x=1}{y}$",
  "$\\htmlStyle{position:fixed}{y}$",
  "$\\htmlId{root}{y} + \\htmlClass{link}{z}$",
  "$\\def\\a{\\href}\\a{javascript:alert(1)}{x}$",
  "$\\text{<img src=x onerror=alert(1)>}$",
  '$\\text{" onclick="alert(1)}$',
  "$\\color{red;background:url(https://evil.example)}{x}$",
  "$\\colorbox{red}{x} \\textcolor{#ff0000}{y}$",
  "$\\unicode{x3c}\\char60 script\\char62$",
  "$\\raisebox{-1000em}{A is better}$",
  "$\\hspace{-1000em} x \\kern{-5000px} y$",
  "$</math><script>alert(1)</script>$",
  "\\[ </annotation></semantics></math><img src=x onerror=alert(1)> \\]",
  "$<$ $\\bad<script>$",
];

describe("attacks", () => {
  test.each(ATTACKS)("%j comes out as harmless text", (attack) => {
    const html = renderText(attack);
    readStrictHtml(html);
    expect(html).not.toMatch(/<script|<img|<a\b|<svg|<iframe|<style/i);
  });

  test("raw HTML stays visible as it was written", () => {
    const attack = '<img src=x onerror="alert(1)">';
    expect(readStrictHtml(renderText(attack)).text.trim()).toBe(attack);
  });

  test("addresses of other kinds than http, https and mailto are not shown", () => {
    for (const scheme of [
      "javascript:alert(1)",
      "data:text/html,x",
      "vbscript:x",
      "file:///x",
      "//evil.example",
    ]) {
      expect(readStrictHtml(renderText(`[words](${scheme})`)).text.trim()).toBe("words");
    }
  });

  test("a formula cannot move out of its place", () => {
    const html = renderText("$\\raisebox{-1000em}{x} \\hspace{-1000em} y \\hspace{1000em} z$");
    expect(html).toContain("<math");
    expect(html).not.toMatch(/voffset|1000/);
  });

  test("attacks inside each other stay harmless", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ATTACKS),
        fc.constantFrom(...ATTACKS),
        fc.nat(80),
        (outer, inner, at) => {
          readStrictHtml(renderText(outer.slice(0, at) + inner + outer.slice(at)));
        },
      ),
      { numRuns: times(250) },
    );
  });
});

const FRAGMENTS = [
  ...[
    "<",
    ">",
    "&",
    '"',
    "'",
    "`",
    "```",
    "*",
    "**",
    "_",
    "~~",
    "[",
    "]",
    "(",
    ")",
    "![",
    "](",
    "|",
    "\n",
    "\n\n",
  ],
  ...[
    "$",
    "$$",
    "\\(",
    "\\)",
    "\\[",
    "\\]",
    "\\",
    "{",
    "}",
    "^",
    "#",
    "> ",
    "- ",
    "1. ",
    "    ",
    "\t",
    "---",
    "===",
  ],
  ...[
    "<script>",
    ..."<sub> </sub> <sup> </sup> <br> \\begin{align} \\end{align}".split(" "),
    "\n /\\_/\\\n( o.o )\n",
    "</p>",
    "<!--",
    "onerror=",
    "javascript:",
    "https://a.b",
    "mailto:a@b.c",
    "&lt;",
    "&#x3c;",
    "&#0;",
  ],
  ...[
    "\\frac",
    "\\text{",
    "\\href{",
    "\\mathbb{R}",
    "\\begin{matrix}",
    "\\end{matrix}",
    "\\color{red}",
    "\0",
    "\r",
  ],
  ...[
    "|-|-|\n",
    "|:-:|",
    "مرحبا",
    "שלום",
    "你好",
    "\u2028",
    "\u200b",
    "\u202e",
    "\ud800",
    "😀",
    "a",
    "x",
    "5",
    " ",
  ],
];

const markdownish = fc.array(fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ unit: "grapheme" })), {
  maxLength: 40,
});

describe("any text", () => {
  test("of Markdown, HTML and TeX in pieces gives nothing but allowed, well-nested tags", () => {
    fc.assert(
      fc.property(markdownish, (pieces) => {
        const html = renderText(pieces.join(""));
        readStrictHtml(html);
        expect(html).not.toMatch(/<script/i);
      }),
      { numRuns: times(250) },
    );
  });

  test("of any code units gives nothing but allowed, well-nested tags", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        readStrictHtml(renderText(text));
      }),
      { numRuns: times(150) },
    );
  });

  test("in plain words loses none of them", () => {
    const word = fc.stringMatching(/^[a-z你م]{1,8}$/);
    const separator = fc.constantFrom(
      " ",
      "\n",
      "\n\n",
      "\n- ",
      "\n> ",
      " $",
      "$ ",
      " \\(",
      " [",
      "] ",
      " <",
      "> ",
      " *",
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(word, separator), { maxLength: 20 }), (pairs) => {
        const shown = readStrictHtml(renderText(pairs.flat().join(""))).text;
        for (const [text] of pairs) expect(shown).toContain(text);
      }),
    );
  });

  test("is rendered the same each time", () => {
    fc.assert(
      fc.property(markdownish, (pieces) => renderText(pieces.join("")) === renderText(pieces.join(""))),
    );
  });
});

describe("texts made to take long", () => {
  test.each([
    ">",
    "[",
    "![",
    "[a](",
    "*a **b ",
    "\\(",
    "\\[\n",
    "$$x\n",
    "$a ",
    "&",
    "`a``",
    "<a:",
    "> - ",
    "a|b\n-|-\n",
  ])("%j, 10,000 times, is rendered safely", (piece) => {
    readStrictHtml(renderText(piece.repeat(10_000)));
  });

  test("nested deeper than Markdown reads come whole, as plain text", () => {
    const { elements, text } = readStrictHtml(renderText(`${">".repeat(10_000)} the end`));
    expect(elements).toEqual(["pre"]);
    expect(text).toContain("the end");
  });

  test("of more than 200,000 characters come whole, as plain text", () => {
    const long = "**a** <b>\r\n".repeat(20_000);
    const { elements, text } = readStrictHtml(renderText(long));
    expect(elements).toEqual(["pre"]);
    expect(text.trim()).toBe(long.replaceAll("\r\n", "\n").trim());
  });
});
