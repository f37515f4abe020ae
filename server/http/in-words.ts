/** A name in camel case as words: “rename study” of `renameStudy`. */
export const inWords = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
