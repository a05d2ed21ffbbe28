import deAttributes from '../messages/de/attributes.json'
import deBids from '../messages/de/bids.json'
import deBuy from '../messages/de/buy.json'
import deCart from '../messages/de/cart.json'
import deCheckout from '../messages/de/checkout.json'
import deCredentials from '../messages/de/credentials.json'
import deDeals from '../messages/de/deals.json'
import deDisputes from '../messages/de/disputes.json'
import deFactors from '../messages/de/factors.json'
import deFrame from '../messages/de/frame.json'
import deGoods from '../messages/de/goods.json'
import deHow from '../messages/de/how.json'
import deIdentity from '../messages/de/identity.json'
import deKeys from '../messages/de/keys.json'
import deListing from '../messages/de/listing.json'
import deMarket from '../messages/de/market.json'
import deOauth from '../messages/de/oauth.json'
import dePeople from '../messages/de/people.json'
import dePersonal from '../messages/de/personal.json'
import dePrivacy from '../messages/de/privacy.json'
import deRates from '../messages/de/rates.json'
import deReceipt from '../messages/de/receipt.json'
import deReputation from '../messages/de/reputation.json'
import deSaved from '../messages/de/saved.json'
import deSell from '../messages/de/sell.json'
import deSend from '../messages/de/send.json'
import deSettings from '../messages/de/settings.json'
import deSite from '../messages/de/site.json'
import deUi from '../messages/de/ui.json'
import enAttributes from '../messages/en/attributes.json'
import enBids from '../messages/en/bids.json'
import enBuy from '../messages/en/buy.json'
import enCart from '../messages/en/cart.json'
import enCheckout from '../messages/en/checkout.json'
import enCredentials from '../messages/en/credentials.json'
import enDeals from '../messages/en/deals.json'
import enDisputes from '../messages/en/disputes.json'
import enFactors from '../messages/en/factors.json'
import enFrame from '../messages/en/frame.json'
import enGoods from '../messages/en/goods.json'
import enHow from '../messages/en/how.json'
import enIdentity from '../messages/en/identity.json'
import enKeys from '../messages/en/keys.json'
import enListing from '../messages/en/listing.json'
import enMarket from '../messages/en/market.json'
import enOauth from '../messages/en/oauth.json'
import enPeople from '../messages/en/people.json'
import enPersonal from '../messages/en/personal.json'
import enPrivacy from '../messages/en/privacy.json'
import enRates from '../messages/en/rates.json'
import enReceipt from '../messages/en/receipt.json'
import enReputation from '../messages/en/reputation.json'
import enSaved from '../messages/en/saved.json'
import enSell from '../messages/en/sell.json'
import enSend from '../messages/en/send.json'
import enSettings from '../messages/en/settings.json'
import enSite from '../messages/en/site.json'
import enUi from '../messages/en/ui.json'
import type { Locale } from './locales'

const en = {
  attributes: enAttributes,
  bids: enBids,
  buy: enBuy,
  cart: enCart,
  checkout: enCheckout,
  credentials: enCredentials,
  disputes: enDisputes,
  factors: enFactors,
  deals: enDeals,
  receipt: enReceipt,
  send: enSend,
  frame: enFrame,
  goods: enGoods,
  how: enHow,
  identity: enIdentity,
  keys: enKeys,
  listing: enListing,
  market: enMarket,
  oauth: enOauth,
  people: enPeople,
  personal: enPersonal,
  privacy: enPrivacy,
  rates: enRates,
  reputation: enReputation,
  saved: enSaved,
  sell: enSell,
  settings: enSettings,
  site: enSite,
  ui: enUi,
}

/** All words by module. English is the pattern: a key that is only in another language is of no use. */
export type Messages = typeof en
export type Module = keyof Messages

const de: Messages = {
  attributes: deAttributes,
  bids: deBids,
  buy: deBuy,
  cart: deCart,
  checkout: deCheckout,
  credentials: deCredentials,
  disputes: deDisputes,
  factors: deFactors,
  deals: deDeals,
  receipt: deReceipt,
  send: deSend,
  frame: deFrame,
  goods: deGoods,
  how: deHow,
  identity: deIdentity,
  keys: deKeys,
  listing: deListing,
  market: deMarket,
  oauth: deOauth,
  people: dePeople,
  personal: dePersonal,
  privacy: dePrivacy,
  rates: deRates,
  reputation: deReputation,
  saved: deSaved,
  sell: deSell,
  settings: deSettings,
  site: deSite,
  ui: deUi,
}

/** The words of each language. For the server alone: a page is sent only what its `Words` name. */
export const catalogues: Record<Locale, Messages> = { en, de }
