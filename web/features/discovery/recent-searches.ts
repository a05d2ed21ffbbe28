import { readList, writeList } from './storage'

const KEY = 'fairhold.searches'
const MOST = 8

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= 200

/** What was searched for in this browser; it never leaves it. */
export const recentSearches = {
  read: (): string[] => readList(KEY, isText).slice(0, MOST),
  add: (text: string): void => {
    const said = text.trim()
    if (!isText(said)) return
    const others = recentSearches.read().filter((one) => one.toLowerCase() !== said.toLowerCase())
    writeList(KEY, [said, ...others].slice(0, MOST))
  },
  clear: (): void => writeList(KEY, []),
}
