/** Only its last two parts: a set is the same wherever its files lie. */
export const shortName = (name: string): string => name.split(/[\\/]/).slice(-2).join("/");
