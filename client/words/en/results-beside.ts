/** The words of two studies side by side. */
export const beside = {
  title: "Results",
  tabTitle: (study: string, other: string) => `${study} and ${other} – side by side`,
  resultsOf: (study: string) => `Results of ${study}`,
  which: (study: string) => `Which study should be shown next to ${study}?`,
  noOther: "There is no other study whose results you may read.",
};
