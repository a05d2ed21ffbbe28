import { type Address, encodeFunctionData, type Hex, zeroAddress } from 'viem'
import { hardhat } from 'viem/chains'
import { auditAnchorAbi } from '../../protocol/src/abi/audit-anchor.ts'
import { escrowAbi } from '../../protocol/src/abi/escrow.ts'
import { reputationAbi } from '../../protocol/src/abi/reputation.ts'
import { packOffer, packTerms } from '../../protocol/src/deal/packed.ts'
import type { Terms } from '../../protocol/src/deal/terms.ts'
import { rulingTypedData, settlementTypedData } from '../../protocol/src/eip712/types.ts'
import {
  allowDollars,
  type Bench,
  createBench,
  DAY,
  FAR_FUTURE,
  offerOf,
  openDeal,
  type Party,
  prepareDollars,
  signOffer,
  termsOf,
} from './bench.ts'
import { hashOf, idOf, SECRET, signAct, signAuthorization, signReview } from './signing.ts'

/** Gas by action and currency, as receipts say, and deployed code in bytes. */
export interface GasReport {
  readonly gas: Record<string, number>
  readonly codeSize: Record<string, number>
}

/** Plays every action twice and reports the second time: the first finds empty slots that a market soon fills. */
export async function measureGas(): Promise<GasReport> {
  const bench = await createBench()
  await prepareDollars(bench)
  const round = new Round(bench)
  // Two deals that stay open: what the escrow holds never returns to zero.
  await round.opened(zeroAddress)
  await round.opened(bench.usd)
  await round.play()
  round.gas.clear()
  await round.play()
  return { gas: Object.fromEntries(round.gas), codeSize: bench.codeSizes }
}

/** One playing of all actions. Numbers of deals, nonces and counters go on from one to the next. */
class Round {
  readonly gas = new Map<string, number>()
  readonly #bench: Bench
  #deals = 0
  #permits = 0n
  #counter = 0n

  constructor(bench: Bench) {
    this.#bench = bench
  }

  async play(): Promise<void> {
    for (const [token, currency] of [
      [zeroAddress, 'eth'],
      [this.#bench.usd, 'erc20'],
    ] as const) {
      const record = (action: string, gas: bigint): Map<string, number> => this.gas.set(`${action} (${currency})`, Number(gas))
      record('open', await this.#openTimed(token))
      if (token !== zeroAddress) {
        record('openWithPermit', await this.#openWithPermit())
        record('openWithAuthorization', await this.#openWithAuthorization())
      }
      await this.#playHappyPath(token, record)
      await this.#playParts(token, record)
      await this.#playDeadlines(token, record)
      await this.#playDisputes(token, record)
      await this.#playSigned(token, record)
    }
    this.gas.set('withdraw (eth)', Number(await this.#withdraw()))
    await this.#playVoiding()
    await this.#playReviews()
    this.gas.set('anchor the audit log', Number(await this.#anchor()))
  }

  /** Opens the next deal and answers with its terms. */
  async opened(token: Address): Promise<Terms> {
    const terms = termsOf(this.#bench, token, this.#deals++)
    await openDeal(this.#bench, terms, this.#counter)
    return terms
  }

  async #openWithAuthorization(): Promise<bigint> {
    const terms = termsOf(this.#bench, this.#bench.usd, this.#deals++)
    const offer = offerOf(terms, this.#counter)
    const args = [packOffer(offer), 0, await signOffer(this.#bench, offer), await signAuthorization(this.#bench, terms)]
    return this.#call('relayer', { functionName: 'openWithAuthorization', args })
  }

  async #openTimed(token: Address): Promise<bigint> {
    return openDeal(this.#bench, termsOf(this.#bench, token, this.#deals++), this.#counter)
  }

  async #openWithPermit(): Promise<bigint> {
    const terms = termsOf(this.#bench, this.#bench.usd, this.#deals++)
    const gas = await openDeal(this.#bench, terms, this.#counter, this.#permits++)
    await allowDollars(this.#bench)
    return gas
  }

  async #playHappyPath(token: Address, record: (action: string, gas: bigint) => void): Promise<void> {
    const terms = await this.opened(token)
    record('ship', await this.#ship(terms))
    record('extend', await this.#call('seller', { functionName: 'extend', args: [packTerms(terms), 1_820_000_000] }))
    record('deliver', await this.#deliver(terms))
    record('release', await this.#call('buyer', { functionName: 'release', args: [packTerms(terms)] }))
    record('refund', await this.#call('seller', { functionName: 'refund', args: [packTerms(await this.opened(token))] }))
  }

  async #playParts(token: Address, record: (action: string, gas: bigint) => void): Promise<void> {
    const terms = await this.opened(token)
    record(
      'releasePart, first',
      await this.#call('buyer', { functionName: 'releasePart', args: [packTerms(terms), terms.price / 4n] }),
    )
    record(
      'refundPart, later',
      await this.#call('seller', { functionName: 'refundPart', args: [packTerms(terms), terms.price / 4n] }),
    )
    record('release after parts', await this.#call('buyer', { functionName: 'release', args: [packTerms(terms)] }))
  }

  async #playDeadlines(token: Address, record: (action: string, gas: bigint) => void): Promise<void> {
    const unshipped = await this.opened(token)
    this.#bench.wait(6 * DAY)
    record('reclaim', await this.#call('buyer', { functionName: 'reclaim', args: [packTerms(unshipped)] }))
    const terms = await this.opened(token)
    await this.#ship(terms)
    await this.#deliver(terms)
    this.#bench.wait(4 * DAY)
    record('claim', await this.#call('relayer', { functionName: 'claim', args: [packTerms(terms)] }))
  }

  async #playDisputes(token: Address, record: (action: string, gas: bigint) => void): Promise<void> {
    const ruled = await this.opened(token)
    record('dispute', await this.#dispute(ruled))
    record(
      'rule, by the arbiter',
      await this.#call('arbiter', { functionName: 'rule', args: [packTerms(ruled), 4_000, SECRET, '0x'] }),
    )
    const relayed = await this.opened(token)
    await this.#dispute(relayed)
    record('rule, by signature', await this.#ruleBySignature(relayed))
    const silent = await this.opened(token)
    await this.#dispute(silent)
    this.#bench.wait(8 * DAY)
    record('awardByDefault', await this.#call('buyer', { functionName: 'awardByDefault', args: [packTerms(silent)] }))
    record('settle', await this.#settle(await this.opened(token)))
  }

  /** By signature: one release, ten in one transaction, their fees, and a dispute with its ruling. */
  async #playSigned(token: Address, record: (action: string, gas: bigint) => void): Promise<void> {
    const single = await this.opened(token)
    record('release by signature', await this.#bench.send('relayer', this.#bench.escrow, await this.#signedRelease(single)))
    const ten: Terms[] = []
    for (let count = 0; count < 10; count++) ten.push(await this.opened(token))
    record('release by signature, each of 10', (await this.#releaseFor(ten)) / 10n)
    record('collectFees, of one deal', await this.#call('relayer', { functionName: 'collectFees', args: [[packTerms(single)]] }))
    const rest = ten.map(packTerms)
    record('collectFees, each of 10', (await this.#call('relayer', { functionName: 'collectFees', args: [rest] })) / 10n)
    record('disputeAndRule', await this.#disputeAndRule(await this.opened(token)))
  }

  async #signedRelease(terms: Terms): Promise<Hex> {
    const { act, signature } = await signAct(this.#bench, 'buyer', 'release', terms)
    return encodeFunctionData({ abi: escrowAbi, functionName: 'act', args: [packTerms(terms), act, signature] })
  }

  async #releaseFor(deals: readonly Terms[]): Promise<bigint> {
    const signed = await Promise.all(deals.map((terms) => signAct(this.#bench, 'buyer', 'release', terms)))
    const args = [deals.map(packTerms), signed.map(({ act }) => act.expiry), signed.map(({ signature }) => signature)]
    return this.#call('relayer', { functionName: 'releaseFor', args })
  }

  /** Sent by the buyer, whose consent therefore needs no signature. */
  async #disputeAndRule(terms: Terms): Promise<bigint> {
    const ruling = { dealId: this.#idOf(terms), buyerBps: 4_000, reasonHash: SECRET }
    const signature = await this.#bench.account('arbiter').signTypedData(rulingTypedData(ruling, this.#domain()))
    const args = [packTerms(terms), hashOf('statement'), ruling.buyerBps, ruling.reasonHash, signature]
    return this.#call('buyer', { functionName: 'disputeAndRule', args })
  }

  async #playVoiding(): Promise<void> {
    const terms = termsOf(this.#bench, zeroAddress, this.#deals++)
    this.gas.set('cancelOffer', Number(await this.#call('seller', { functionName: 'cancelOffer', args: [packTerms(terms)] })))
    this.gas.set('cancelAllOffers', Number(await this.#call('operator', { functionName: 'cancelAllOffers', args: [] })))
  }

  async #released(): Promise<Terms> {
    const terms = await this.opened(zeroAddress)
    await this.#call('buyer', { functionName: 'release', args: [packTerms(terms)] })
    return terms
  }

  async #playReviews(): Promise<void> {
    this.gas.set('reviews by both, signed', Number(await this.#publishBoth(await this.#released())))
    const terms = await this.#released()
    this.gas.set('review commit, first', Number(await this.#commit(terms, 'buyer')))
    this.gas.set('review commit, second', Number(await this.#commit(terms, 'seller')))
    this.gas.set('review reveal, first', Number(await this.#reveal(terms, 'buyer')))
    this.gas.set('review reveal, second', Number(await this.#reveal(terms, 'seller')))
  }

  #anchor(): Promise<bigint> {
    const args = [hashOf('log'), 1_000n, hashOf('head')] as const
    const data = encodeFunctionData({ abi: auditAnchorAbi, functionName: 'anchor', args })
    return this.#bench.send('relayer', this.#bench.auditAnchor, data)
  }

  #ship(terms: Terms): Promise<bigint> {
    return this.#call('seller', { functionName: 'ship', args: [packTerms(terms), hashOf('tracking')] })
  }

  #deliver(terms: Terms): Promise<bigint> {
    return this.#call('buyer', { functionName: 'deliver', args: [packTerms(terms)] })
  }

  #dispute(terms: Terms): Promise<bigint> {
    return this.#call('buyer', { functionName: 'dispute', args: [packTerms(terms), hashOf('statement')] })
  }

  async #ruleBySignature(terms: Terms): Promise<bigint> {
    const ruling = { dealId: this.#idOf(terms), buyerBps: 4_000, reasonHash: SECRET }
    const signature = await this.#bench.account('arbiter').signTypedData(rulingTypedData(ruling, this.#domain()))
    return this.#call('relayer', {
      functionName: 'rule',
      args: [packTerms(terms), ruling.buyerBps, ruling.reasonHash, signature],
    })
  }

  async #settle(terms: Terms): Promise<bigint> {
    const split = { dealId: this.#idOf(terms), toBuyer: terms.price / 4n, remaining: terms.price, expiry: FAR_FUTURE }
    const signature = await this.#bench.account('seller').signTypedData(settlementTypedData(split, this.#domain()))
    const args = [packTerms(terms), split.toBuyer, split.remaining, split.expiry, '0x', signature] as const
    return this.#call('buyer', { functionName: 'settle', args })
  }

  /** The seller cannot take money for the time of one release. */
  async #withdraw(): Promise<bigint> {
    const { address } = this.#bench.account('seller')
    const terms = await this.opened(zeroAddress)
    await this.#bench.setRefusing('seller', true)
    await this.#call('buyer', { functionName: 'release', args: [packTerms(terms)] })
    await this.#bench.setRefusing('seller', false)
    return this.#call('seller', { functionName: 'withdraw', args: [zeroAddress, address] })
  }

  async #publishBoth(terms: Terms): Promise<bigint> {
    const publisher = this.#bench.account('relayer').address
    const buyers = await signReview(this.#bench, 'buyer', terms, publisher)
    const sellers = await signReview(this.#bench, 'seller', terms, publisher)
    const args = [packTerms(terms), publisher, buyers.opening, buyers.signature, sellers.opening, sellers.signature] as const
    const data = encodeFunctionData({ abi: reputationAbi, functionName: 'publishBoth', args })
    return this.#bench.send('relayer', this.#bench.reputation, data)
  }

  async #commit(terms: Terms, author: 'buyer' | 'seller'): Promise<bigint> {
    const { commitment } = await signReview(this.#bench, author, terms, zeroAddress)
    const args = [packTerms(terms), this.#bench.account(author).address, commitment, '0x'] as const
    const data = encodeFunctionData({ abi: reputationAbi, functionName: 'commit', args })
    return this.#bench.send(author, this.#bench.reputation, data)
  }

  async #reveal(terms: Terms, author: 'buyer' | 'seller'): Promise<bigint> {
    const { opening } = await signReview(this.#bench, author, terms, zeroAddress)
    const args = [packTerms(terms), this.#bench.account(author).address, opening] as const
    const data = encodeFunctionData({ abi: reputationAbi, functionName: 'reveal', args })
    return this.#bench.send('relayer', this.#bench.reputation, data)
  }

  #idOf(terms: Terms): Hex {
    return idOf(this.#bench, terms)
  }

  #domain() {
    return { chainId: hardhat.id, escrow: this.#bench.escrow }
  }

  async #call(party: Party, call: EscrowCall): Promise<bigint> {
    return this.#bench.send(party, this.#bench.escrow, encodeFunctionData({ abi: escrowAbi, ...call } as EncodeInput))
  }
}

type EncodeInput = Parameters<typeof encodeFunctionData<typeof escrowAbi>>[0]
type EscrowCall = { readonly functionName: string; readonly args: readonly unknown[] }
