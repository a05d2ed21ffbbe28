import { zeroAddress } from 'viem'
import type { Offer, Terms } from './deal/terms.ts'

/** Good terms of an ask, for tests to change one thing at a time. */
export const exampleTerms: Terms = {
  seller: `0x${'11'.repeat(20)}`,
  buyer: zeroAddress,
  token: zeroAddress,
  price: 1_000_000n,
  arbiter: `0x${'22'.repeat(20)}`,
  operator: `0x${'33'.repeat(20)}`,
  operatorFeeBps: 200,
  arbiterFeeBps: 300,
  silentAwardBps: 5000,
  depositBps: 0,
  fundingSeconds: 0,
  shipSeconds: 259_200,
  deliverySeconds: 1_209_600,
  inspectionSeconds: 259_200,
  rulingSeconds: 604_800,
  itemHash: `0x${'44'.repeat(32)}`,
  salt: 7n,
}

export const exampleOffer: Offer = { terms: exampleTerms, expiry: 1_800_000_000, counter: 0n, nonce: 0, quantity: 1 }
