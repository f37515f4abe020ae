/** An SVG text with one element a line, so that a change shows where it is. */
export const readableSvg = (svg: string): string => `${svg.replaceAll("><", ">\n<")}\n`;
