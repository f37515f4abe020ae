/**
 * A name as it stands inside other text: one that is written from right to left gets Unicode's isolates (FSI … PDI)
 * around it, which take no room, so that neither turns the other's direction. Any other name stays as it is.
 */
export const isolated = (name: string): string => (RIGHT_TO_LEFT.test(name) ? `\u2068${name}\u2069` : name);

/** The same text for where nothing reads such marks. */
export const withoutIsolates = (text: string): string => text.replace(/[\u2066-\u2069]/g, "");

/** Hebrew, Arabic and the other scripts that Unicode keeps in its blocks for writing from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
