import type { Acceptance, Bid, BidIn, BidPage, BidQuery, Closed } from '@fairhold/api/contract/bids'
import { adviceFor, loadProblemWords } from '../problem-words'
import { call, type Query } from './client'

export type { Acceptance, Bid, BidPage } from '@fairhold/api/contract/bids'

/** Offers between two people: a buyer's bid, the seller's counter. */
export const bids = {
  list: async (query: Partial<BidQuery> = {}) => {
    const page = await call<BidPage>('/bids', { query: query as Query })
    return { ...page, items: await Promise.all(page.items.map(inReadersWords)) }
  },
  get: async (id: string) => inReadersWords(await call<Bid>(`/bids/${id}`)),
  /** Its terms, without the signature. */
  signed: (id: string) => call<BidIn['offer']>(`/bids/${id}/offer`),
  make: (body: BidIn, key?: string) => call<Bid>('/bids', { method: 'POST', body, ...(key ? { key } : {}) }),
  /** What takes it on chain; from then on its maker can withdraw it only there. */
  accept: (id: string) => call<Acceptance>(`/bids/${id}/acceptance`, { method: 'POST' }),
  decline: (id: string) => call<Closed>(`/bids/${id}/refusal`, { method: 'POST' }),
  withdraw: (id: string) => call<Closed>(`/bids/${id}`, { method: 'DELETE' }),
}

/** Why a bid could not be paid, in the reader's language. */
async function inReadersWords(bid: Bid): Promise<Bid> {
  const { code, reason } = bid.payable ?? {}
  if (!bid.payable || !code || !reason) return bid
  await loadProblemWords()
  return { ...bid, payable: { ...bid.payable, reason: adviceFor(code, { title: reason, whatToDo: '' }).title } }
}
