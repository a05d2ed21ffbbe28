import deFrame from '../messages/de/frame.json'
import deRates from '../messages/de/rates.json'
import deUi from '../messages/de/ui.json'
import enFrame from '../messages/en/frame.json'
import enRates from '../messages/en/rates.json'
import enUi from '../messages/en/ui.json'
import type { Locale } from './locales'

const en = { frame: enFrame, rates: enRates, ui: enUi }

/** All words by module. English is the pattern: a key that is only in another language is of no use. */
export type Messages = typeof en
export type Module = keyof Messages

const de: Messages = { frame: deFrame, rates: deRates, ui: deUi }

/** The words of each language. For the server alone: a page is sent only what its `Words` name. */
export const catalogues: Record<Locale, Messages> = { en, de }
