/** Changes whenever the same text may come out as different HTML, so that what is stored is rendered anew. */
export const RENDERER_VERSION = "4";
