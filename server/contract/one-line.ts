/** Whether a name or an id is one line, without control characters: it stands in tables, in lines of text and in cells. */
export const isOneLine = (text: string): boolean => !/[\p{Cc}\u2028\u2029]/u.test(text);
