/** A name or a path as one word of a command to be typed; they hold nothing that quotes would not keep. */
export const asWord = (name: string): string => (/^[\w.+/-]+$/.test(name) ? name : `"${name}"`);
