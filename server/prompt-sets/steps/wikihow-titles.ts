/** An article's name: some titles of the export have a digit right after the last word. A number after a blank is part of the name. */
export const nameOf = (title: string): string => title.replace(/([^\d\s])\d+$/, "$1").trim();
