import { describe, expect, it } from "vitest";
import { renderDocument } from "../../../server/rendering/render-document.ts";

const asWritten = (href: string): string => href;

describe("a document of the project", () => {
  it.each([
    ["Half-tie rate by prompt", "half-tie-rate-by-prompt"],
    ["Net preference, and equal or better", "net-preference-and-equal-or-better"],
    ["Bradley–Terry", "bradleyterry"],
    ["Fleiss' kappa", "fleiss-kappa"],
    ["May a model stand in for an annotator?", "may-a-model-stand-in-for-an-annotator"],
    ["`snake_case` and *stars*", "snake_case-and-stars"],
    ["Größe 2 & Maß", "größe-2--maß"],
  ])("names the heading %j as GitHub does", (heading, id) => {
    const { html, headings } = renderDocument(`## ${heading}`, asWritten);
    expect(headings).toMatchObject([{ level: 2, id }]);
    expect(html).toContain(`<h2 id="${id}">`);
  });

  it("numbers headings that come again", () => {
    const { headings } = renderDocument("# A\n\n## Edges\n\n## Edges\n\n## Edges", asWritten);
    expect(headings.map(({ id }) => id)).toEqual(["a", "edges", "edges-1", "edges-2"]);
  });

  it.each([
    ["(1/n_p) Σ_{i in p} u_i", "(1/n<sub>p</sub>) Σ<sub>i in p</sub> u<sub>i</sub>"],
    ["V_prompt² and U_cᵀ", "V<sub>prompt</sub>² and U<sub>c</sub>ᵀ"],
    ["e^{−θT} cosh(θa)^{k_a}, 2^P", "e<sup>−θT</sup> cosh(θa)<sup>k<sub>a</sub></sup>, 2<sup>P</sup>"],
    ["`prompt_id` and _ alone", "<code>prompt_id</code> and _ alone"],
  ])("sets the formula %j", (formula, html) => {
    expect(renderDocument(formula, asWritten).html).toBe(`<p>${html}</p>\n`);
  });

  it("leads where it is asked to, also from a table, and takes no HTML for its own", () => {
    const text = "[one](a.md#b)\n\n| x |\n|---|\n| [two](c.md) |\n\n<b>raw</b> [bad](javascript:alert)";
    const { html } = renderDocument(text, (href) => `/methods/${href}`);
    expect([...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)).toEqual([
      "/methods/a.md#b",
      "/methods/c.md",
    ]);
    expect(html).toContain("&lt;b&gt;");
    expect(html).toContain('<div class="table" tabindex="0"><table>');
  });
});
