/**
 * How wide figures for a paper are drawn, in the unit of the charts: one column of two (84 mm in print), or a page (178 mm). Text
 * has the same size in both, about 9 points.
 */
export const FIGURE_WIDTHS = { column: 340, page: 720 } as const;
export type FigureWidth = keyof typeof FIGURE_WIDTHS;

/** Points in print for each unit of the charts. */
export const POINTS_PER_UNIT = 0.7;

export const FIGURE_FORMATS = ["pdf", "svg", "png"] as const;
export type FigureFormat = (typeof FIGURE_FORMATS)[number];
