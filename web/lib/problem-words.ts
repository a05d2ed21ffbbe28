import type { Said } from './said'

/** What a person is told of a problem: what happened, and what to do. */
export interface Advice {
  title: string
  whatToDo: string
}

/** By code: of the API's problems, of contract and wallet errors as the protocol names them, and of the dApp's own. */
type Dictionary = Readonly<Record<string, Advice>>

const dictionaries: Readonly<Record<string, () => Promise<[{ default: Dictionary }, { default: Said }]>>> = {
  de: () => Promise.all([import('../i18n/problems/de.json'), import('../i18n/said/de.json')]),
  // The API and the protocol speak English themselves, but in places to programs.
  en: () => Promise.all([import('../i18n/problems/en.json'), import('../i18n/said/en.json')]),
}
let words: Dictionary | undefined
let said: Said | undefined

/**
 * Fetches what problems are called in the reader's language. English is mostly what the API and the protocol say themselves. Loaded when
 * somebody first touches the page (`app/providers.tsx`), as it is of use only after they do something, and waited for by the API's client.
 */
export async function loadProblemWords(): Promise<void> {
  if (words || typeof document === 'undefined') return
  try {
    const [problems, sentences] = (await dictionaries[document.documentElement.lang]?.()) ?? []
    words = problems?.default
    said = sentences?.default
  } catch {
    // English will do.
  }
}

/** The advice for `code` in the reader's language, where it is there by now; else what is given, in English. */
export const adviceFor = (code: string, english: Advice): Advice => words?.[code] ?? english

/** What the API says in particular, in the reader's language; undefined while it is not there. */
export const saidWords = (): Said | undefined => said
