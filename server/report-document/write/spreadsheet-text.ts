/**
 * What a spreadsheet takes for a formula: where a cell begins, and where one would begin in a program that takes
 * semicolons for the ends of cells, as is usual where numbers have a decimal comma.
 */
const FORMULA = /(^|;\s*)(?=[=+\-@\t\r])/g;

/** A cell's text with an apostrophe before what a spreadsheet would take for a formula; any other text as it is. */
export const spreadsheetText = (text: string): string => text.replace(FORMULA, "$1'");
