import { expect, test } from "vitest";
import { readStrictHtml } from "./strict-html.ts";

test.each([
  "<script>1</script>",
  '<p onclick="x">a</p>',
  '<p style="color:red">a</p>',
  '<a href="https://a.b">a</a>',
  '<img src="x">',
  '<p id="a">a</p>',
  '<p class="outlet">a</p>',
  '<p dir="auto" dir=auto>a</p>',
  "<p>a",
  "<em><strong>a</em></strong>",
  "a < b",
  "a &nbsp; b",
  "<mi>x</mi>",
  "<math><p>x</p></math>",
  '<math><mi href="x">x</mi></math>',
  '<math><mi mathcolor="#fff">x</mi></math>',
  "<!-- a -->",
  "<svg></svg>",
])("the strict reader refuses %s", (html) => {
  expect(() => readStrictHtml(html)).toThrow(/Neither|Not allowed|Out of place|Never closed/);
});

test("the strict reader reads what is allowed", () => {
  const html = '<p dir="auto">a &lt;b&gt; <math dir="ltr"><mi>x</mi></math><br></p>';
  expect(readStrictHtml(html)).toEqual({ elements: ["p", "math", "mi", "br"], text: "a <b> x" });
});
