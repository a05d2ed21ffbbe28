/** Letters and numbers written from right to left, and marks that say so. */
const FROM_THE_RIGHT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/**
 * Somebody's words within a sentence of ours, so that a name in Arabic or Hebrew does not pull over what stands beside it. Where
 * they are an element of their own, that is a `<bdi>` or has `dir="auto"`.
 */
export const isolated = (words: string): string => (FROM_THE_RIGHT.test(words) ? `\u2068${words}\u2069` : words)
