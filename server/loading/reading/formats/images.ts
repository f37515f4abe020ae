import type { Fields } from "../field-map.ts";
import { isFilled } from "../vocabulary.ts";

/** What stands where an image was shown. */
const MARK = "[image]";

/**
 * A chat in which a mark stands for each image among the parts of its messages, so that nobody takes what is left for all
 * that was shown. @returns the messages, and how many images they held
 */
export function withImagesMarked(messages: unknown): { messages: unknown; images: number } {
  if (!Array.isArray(messages)) return { messages, images: 0 };
  let images = 0;
  const marked = messages.map((message: Fields | null): unknown => {
    if (!Array.isArray(message?.content)) return message;
    const parts = (message.content as Fields[]).map((part) => {
      if (!isImage(part)) return part;
      images++;
      return {
        ...part,
        text: typeof part.text === "string" && part.text !== "" ? `${part.text}\n${MARK}` : MARK,
      };
    });
    return { ...message, content: parts };
  });
  return { messages: images > 0 ? marked : messages, images };
}

const isImage = (part: Fields | null): boolean =>
  part !== null && typeof part === "object" && (/image/.test(String(part.type)) || isFilled(part.image));
