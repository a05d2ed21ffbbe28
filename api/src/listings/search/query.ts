/** A query as it was typed, taken apart. Words are in small letters, without marks, in the order they were written. */
export interface SearchQuery {
  readonly words: readonly string[]
  /** Words after "without": listings that have them come later. */
  readonly unwanted: readonly string[]
  /** Words with a minus before them: listings that have them are not shown. */
  readonly excluded: readonly string[]
  /** What stood in quotes: only listings that have it word for word are shown. */
  readonly phrases: readonly string[]
  /** What stood in quotes with a minus before them: listings that have it word for word are not shown. */
  readonly excludedPhrases: readonly string[]
}

/** So many words of a query count; what comes after them is left out. */
export const MAX_WORDS = 12
const MAX_PHRASES = 3

const PHRASE = /"([^"]+)"/g
const EXCLUDED_PHRASE = /(?<!\S)-"([^"]+)"/g
/** With what a hyphen joins to it: -e-bike leaves out ebike. */
const EXCLUDED_WORD = /(?<!\S)-([\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*)/gu

/** "Without" in the languages that listings are written in. */
const WITHOUT = new Set(['without', 'ohne', 'sans', 'sin', 'sem', 'senza', 'zonder'])

/** Takes apart what a visitor typed. Everything that is no word, quote or minus before a word is a gap between words. */
export function parseQuery(text: string): SearchQuery {
  const plain = plainOf(text)
  const excludedPhrases = phrasesIn(plain, EXCLUDED_PHRASE)
  const wantedText = plain.replace(EXCLUDED_PHRASE, ' ')
  const phrases = phrasesIn(wantedText, PHRASE)
  const excluded = [...wantedText.matchAll(EXCLUDED_WORD)].map(([, word = '']) => word)
  const rest = wordsIn(wantedText.replace(EXCLUDED_WORD, ' '))
  const cut = rest.findIndex((word, at) => at > 0 && at < rest.length - 1 && WITHOUT.has(word))
  const words = cut === -1 ? rest : rest.slice(0, cut)
  const unwanted = cut === -1 ? [] : rest.slice(cut + 1)
  return {
    words: unique(words).slice(0, MAX_WORDS),
    unwanted: unique(unwanted).slice(0, MAX_WORDS),
    excluded: unique(excluded).slice(0, MAX_WORDS),
    phrases: phrases.slice(0, MAX_PHRASES),
    excludedPhrases: excludedPhrases.slice(0, MAX_PHRASES),
  }
}

function phrasesIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, inner = '']) => wordsIn(inner).join(' ')).filter(Boolean)
}

/** Letters that are not one with a mark, as Postgres' `unaccent` writes them. */
const LETTERS: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ł: 'l', ı: 'i' }

/** Marks that Postgres' `unaccent` takes away: in other writing they make another letter, as in й, が and 각. */
const MARKED = /([\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu

/** Small letters without marks, as the index has them. */
export function plainOf(text: string): string {
  return text
    .normalize('NFD')
    .replace(MARKED, '$1')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ßæœøđłı]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/[’‘`´]/g, "'")
    .replace(/[“”„«»]/g, '"')
}

/** Words; e-cloth and 1/2 are one, and the s of men's belongs to none. */
function wordsIn(text: string): string[] {
  const found =
    text.replace(/'s\b/g, '').match(/[0-9]+[/.,][0-9]+|[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:-[\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/gu) ??
    []
  return found.map((word) => word.slice(0, 60))
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words)]
}
