import deBids from '../messages/de/bids.json'
import deBuy from '../messages/de/buy.json'
import deCheckout from '../messages/de/checkout.json'
import deFrame from '../messages/de/frame.json'
import deRates from '../messages/de/rates.json'
import deReceipt from '../messages/de/receipt.json'
import deSend from '../messages/de/send.json'
import deUi from '../messages/de/ui.json'
import enBids from '../messages/en/bids.json'
import enBuy from '../messages/en/buy.json'
import enCheckout from '../messages/en/checkout.json'
import enFrame from '../messages/en/frame.json'
import enRates from '../messages/en/rates.json'
import enReceipt from '../messages/en/receipt.json'
import enSend from '../messages/en/send.json'
import enUi from '../messages/en/ui.json'
import type { Locale } from './locales'

const en = {
  bids: enBids,
  buy: enBuy,
  checkout: enCheckout,
  receipt: enReceipt,
  send: enSend,
  frame: enFrame,
  rates: enRates,
  ui: enUi,
}

/** All words by module. English is the pattern: a key that is only in another language is of no use. */
export type Messages = typeof en
export type Module = keyof Messages

const de: Messages = {
  bids: deBids,
  buy: deBuy,
  checkout: deCheckout,
  receipt: deReceipt,
  send: deSend,
  frame: deFrame,
  rates: deRates,
  ui: deUi,
}

/** The words of each language. For the server alone: a page is sent only what its `Words` name. */
export const catalogues: Record<Locale, Messages> = { en, de }
