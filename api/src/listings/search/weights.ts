/**
 * What a word in a listing is worth: BM25F (Robertson, Zaragoza and Taylor 2004, "Simple BM25 extension to multiple weighted
 * fields"). A word counts by where it stands and how often, less the longer that text is, and the more it counts the less more
 * of it adds. The weights were tuned on the judged queries of `npm run bench:search`, where the score changes little around them.
 */
export const WEIGHTS = {
  /** How much a word counts in the title, in the facts (brand, category, attributes, town), and in the description. */
  title: 8,
  facts: 2,
  body: 0.75,
  /** Words of a usual text of each kind. A text twice as long counts each of its words almost half. */
  usual: { title: 10, facts: 4, body: 60 },
  /** From 0, the length of a text does not matter, to 1, only the share of a word matters. */
  lengthMatters: 0.9,
  /** How soon more of the same word stops to matter; low is soon. */
  saturation: 4,
} as const

/** Impacts are stored as integers: this many stand for 1. */
export const IMPACT_SCALE = 1000

/** A listing has to hold words that make up this part of what the query tells, to be shown by relevance. */
export const MIN_COVER = 0.2
/** … and to be shown in another order, to be counted, or to be told of by an alert: the order no longer puts weak ones last. */
export const CLEAR_COVER = 0.6

/** Who searches "glasses without stem" wants no stem: a listing with one in its title keeps this part of its score. */
export const UNWANTED_KEEPS = 0.7
/** An impact that a word reaches only where it is in the title, or all over the rest. */
export const IN_TITLE = 1500

/** How much a word tells, by how rare it is: its inverse document frequency. */
export function rarity(listings: number, all: number): number {
  return Math.log(1 + (Math.max(all, listings) - listings + 0.5) / (listings + 0.5))
}
