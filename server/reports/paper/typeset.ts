import { type FigureFormat, POINTS_PER_UNIT } from "../../report-document/paper/sizes.ts";

/** How fine a picture is in print. */
const DOTS_PER_INCH = 300;

/** A chart that is to become a file. */
export interface ChartToTypeset {
  readonly svg: string;
  readonly format: Exclude<FigureFormat, "svg">;
  /** When it is made, as a PDF says: ISO 8601. */
  readonly made: string;
  /** What makes it. */
  readonly creator: string;
}

/** A chart as PDF or PNG, in this thread. @throws GlyphsMissing where no font has a character */
export async function typeset({ svg, format, made, creator }: ChartToTypeset): Promise<Buffer> {
  // what draws them is large, and most commands and requests do without
  if (format === "png") {
    const { pngOf } = await import("../../typesetting/png.ts");
    return pngOf(svg, { scale: POINTS_PER_UNIT, dotsPerInch: DOTS_PER_INCH });
  }
  const { pdfOf } = await import("../../typesetting/pdf.ts");
  return pdfOf(svg, { scale: POINTS_PER_UNIT, made: new Date(made), creator });
}
