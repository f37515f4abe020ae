import { expect, test } from "vitest";
import { htmlToText } from "../../../server/prompt-sets/steps/html-to-text.ts";

test.each([
  ["<p>One.</p>\n\n<p>Two.</p>", "One.\n\nTwo."],
  ["<p>See <a href='https://a.b'>the manual</a>.</p>", "See the manual."],
  ["<p>See <a href='https://a.b/c'>https://a.b/c</a> now.</p>", "See now."],
  ["<p>Look: <img src='x.png' alt='a cat'> done.</p>", "Look: done."],
  ["<p>Use <code>a &lt; b</code> &amp; <b>bold</b>.</p>", "Use `a < b` & bold."],
  ["<pre><code>x = 1\n  y = 2\n</code></pre><p>End.</p>", "```\nx = 1\n  y = 2\n```\n\nEnd."],
  ["<pre class='lang-py'><code>a\n\n\n\nb   \n</code></pre>", "```\na\n\n\n\nb   \n```"],
  ["<p>List:</p><ul>\n<li>one</li>\n<li><p>two</p></li>\n</ul><p>End.</p>", "List:\n\n- one\n- two\n\nEnd."],
  ["<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>", "1. a\n  - b\n2. c"],
  ["<blockquote><p>Said.</p><p>Again.</p></blockquote><p>Mine.</p>", "> Said.\n>\n> Again.\n\nMine."],
  ["<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>", "> a\n>\n> > b"],
  ["a<br>b<hr>c", "a\nb\n\nc"],
  ["<ul><li>a<ul><li>b</li></ul>c</li></ul>", "- a\n  - b\nc"],
  ["<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1 2\n\n3"],
  ["<dl><dt>Rye</dt><dd>A grain.</dd></dl>", "Rye\n\nA grain."],
  ["<p><a href='x'>one <a href='y'>two</a></p>", "one two"],
  ["<script>alert(1)</script><p>Safe</p><style>p{}</style>", "Safe"],
  ["<p>Not closed <b>bold", "Not closed bold"],
  ["plain text, 1 < 2 and 3 > 2", "plain text, 1 < 2 and 3 > 2"],
  ["<p>10<sup>5</sup> of H<sub>2</sub>O</p>", "10⁵ of H₂O"],
  ["x<sup>-2</sup> + y<sup>n+1</sup> = z<sub>i</sub>", "x⁻² + yⁿ⁺¹ = z_i"],
  ["2<sup>k</sup>, 2<sup>2 k</sup> and a<sub>i,j</sub>", "2^k, 2^(2 k) and a_(i,j)"],
  ["the 5<sup>th</sup> of May", "the 5th of May"],
  ["a<sup><code>b</code></sup> <a href='x'>c<sup>2</sup></a>", "a^b c²"],
  ["<pre>10<sup>5</sup></pre>", "```\n10⁵\n```"],
  ["<p>a<sup>2</p><p>b</p>", "a²\n\nb"],
  ["a<sup></sup>b<sub>2", "ab₂"],
  ["", ""],
])("makes text of %j", (html, text) => {
  expect(htmlToText(html)).toBe(text);
});

test("makes the same of a long text as of its parts", () => {
  const part = "<p>One <b>two</b></p><blockquote><ul><li>a</li><li>b</li></ul></blockquote><pre>x\n\n</pre>";
  expect(htmlToText(part.repeat(3000))).toBe(
    Array.from({ length: 3000 }, () => htmlToText(part)).join("\n\n"),
  );
});

test("ends in time on tags that are never closed", () => {
  expect(htmlToText("<blockquote><ul><li>".repeat(300))).toMatch(/^[>\s-]*$/);
});
