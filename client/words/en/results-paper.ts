/** The words of the panel “For a paper” on the results page; captions come with the report. */
export const paper = {
  loading: "Loading…",
  lost: "This could not be loaded.",
  tryAgain: "Try again",
  figure: "Figure",
  table: "Table",
  widths: { page: "page (178 mm)", column: "one column (84 mm)" },
  formats: { pdf: "PDF", svg: "SVG", png: "PNG" },
  latex: "LaTeX",
  bibtex: "BibTeX",
  download: (what: string, format: string) => `Download ${what} as ${format}`,
  noTables: "There are no tables yet.",
  methods: "Methods",
  noMethods: "The paragraph comes with the first judgment.",
  copy: "Copy",
  copied: "Copied.",
  copyFailed: "Not copied: select the text.",
};
