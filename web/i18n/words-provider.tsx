'use client'

import { type AbstractIntlMessages, NextIntlClientProvider, useLocale, useMessages } from 'next-intl'
import { type ReactNode, useMemo } from 'react'

/** Adds words to those that the page above has sent. */
export function WordsProvider({ messages, children }: { messages: AbstractIntlMessages; children: ReactNode }) {
  const locale = useLocale()
  const above = useMessages()
  const all = useMemo(() => ({ ...above, ...messages }), [above, messages])
  return (
    <NextIntlClientProvider locale={locale} messages={all}>
      {children}
    </NextIntlClientProvider>
  )
}
