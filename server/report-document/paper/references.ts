/** A work that a methods paragraph cites, in the fields of BibTeX. */
export interface Reference {
  readonly type: "article" | "inproceedings" | "misc";
  /** As in a sentence: `Holm`, `Bradley and Terry`, `Zhou et al.`. */
  readonly short: string;
  readonly fields: Readonly<Record<string, string>> & { readonly year: string };
}

/** The sources of the methods (docs/methods), by the keys under which papers cite them. */
export const REFERENCES = {
  zhou2023lima: {
    ...{ type: "inproceedings", short: "Zhou et al." },
    fields: {
      author:
        "Zhou, Chunting and Liu, Pengfei and Xu, Puxin and Iyer, Srinivasan and Sun, Jiao and Mao, Yuning and Ma, Xuezhe and Efrat, Avia and Yu, Ping and Yu, Lili and Zhang, Susan and Ghosh, Gargi and Lewis, Mike and Zettlemoyer, Luke and Levy, Omer",
      title: "{LIMA}: Less Is More for Alignment",
      booktitle: "Advances in Neural Information Processing Systems",
      ...{ volume: "36", year: "2023", note: "arXiv:2305.11206" },
    },
  },
  wilson1927: {
    ...{ type: "article", short: "Wilson" },
    fields: {
      author: "Wilson, Edwin B.",
      title: "Probable Inference, the Law of Succession, and Statistical Inference",
      journal: "Journal of the American Statistical Association",
      ...{ volume: "22", number: "158", pages: "209--212", year: "1927" },
    },
  },
  liang1986: {
    ...{ type: "article", short: "Liang and Zeger" },
    fields: {
      author: "Liang, Kung-Yee and Zeger, Scott L.",
      title: "Longitudinal Data Analysis Using Generalized Linear Models",
      journal: "Biometrika",
      ...{ volume: "73", number: "1", pages: "13--22", year: "1986" },
    },
  },
  cameron2011: {
    ...{ type: "article", short: "Cameron et al." },
    fields: {
      author: "Cameron, A. Colin and Gelbach, Jonah B. and Miller, Douglas L.",
      title: "Robust Inference With Multiway Clustering",
      journal: "Journal of Business \\& Economic Statistics",
      ...{ volume: "29", number: "2", pages: "238--249", year: "2011" },
    },
  },
  hartigan1969: {
    ...{ type: "article", short: "Hartigan" },
    fields: {
      author: "Hartigan, J. A.",
      title: "Using Subsample Values as Typical Values",
      journal: "Journal of the American Statistical Association",
      ...{ volume: "64", number: "328", pages: "1303--1317", year: "1969" },
    },
  },
  holm1979: {
    ...{ type: "article", short: "Holm" },
    fields: {
      author: "Holm, Sture",
      title: "A Simple Sequentially Rejective Multiple Test Procedure",
      journal: "Scandinavian Journal of Statistics",
      ...{ volume: "6", number: "2", pages: "65--70", year: "1979" },
    },
  },
  schuirmann1987: {
    ...{ type: "article", short: "Schuirmann" },
    fields: {
      author: "Schuirmann, Donald J.",
      title:
        "A Comparison of the Two One-Sided Tests Procedure and the Power Approach for Assessing the Equivalence of Average Bioavailability",
      journal: "Journal of Pharmacokinetics and Biopharmaceutics",
      ...{ volume: "15", number: "6", pages: "657--680", year: "1987" },
    },
  },
  lan1983: {
    ...{ type: "article", short: "Lan and DeMets" },
    fields: {
      author: "Lan, K. K. Gordon and DeMets, David L.",
      title: "Discrete Sequential Boundaries for Clinical Trials",
      journal: "Biometrika",
      ...{ volume: "70", number: "3", pages: "659--663", year: "1983" },
    },
  },
  hayes2007: {
    ...{ type: "article", short: "Hayes and Krippendorff" },
    fields: {
      author: "Hayes, Andrew F. and Krippendorff, Klaus",
      title: "Answering the Call for a Standard Reliability Measure for Coding Data",
      journal: "Communication Methods and Measures",
      ...{ volume: "1", number: "1", pages: "77--89", year: "2007" },
    },
  },
  bradley1952: {
    ...{ type: "article", short: "Bradley and Terry" },
    fields: {
      author: "Bradley, Ralph Allan and Terry, Milton E.",
      title: "Rank Analysis of Incomplete Block Designs: {I}. The Method of Paired Comparisons",
      journal: "Biometrika",
      ...{ volume: "39", number: "3/4", pages: "324--345", year: "1952" },
    },
  },
} as const satisfies Record<string, Reference>;

export type ReferenceKey = keyof typeof REFERENCES;
