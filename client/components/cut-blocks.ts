/** What may be wider than its column, and is then cut and scrolls to the side. */
export const CUT_BLOCKS = "pre:not(.plain), .table, .formula";

/** Of those, what cannot wrap. */
export const NEVER_WRAPS = ".formula";

/** Whether part of a block is out of sight at its side. */
export const isCutOff = ({ scrollWidth, clientWidth }: Element): boolean => scrollWidth > clientWidth + 1;
