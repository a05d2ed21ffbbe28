import { getMessages } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { Module } from './catalogues'
import { WordsProvider } from './words-provider'

/**
 * Sends the words of these modules to the client components below; server components have all words anyway. `ui` and `frame`
 * come with every page. A page names what its client components ask for and no more: `i18n/messages.test.ts` compares both.
 */
export async function Words({ of, children }: { of: readonly Module[]; children: ReactNode }) {
  const all = await getMessages()
  return <WordsProvider messages={Object.fromEntries(of.map((module) => [module, all[module]]))}>{children}</WordsProvider>
}
