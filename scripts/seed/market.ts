import { setTimeout as sleep } from 'node:timers/promises'
import type { Deal } from '@fairhold/api/contract/deals'
import type { Config } from '@fairhold/api/contract/meta'
import type { Address } from 'viem'
import { Caller } from './api.ts'
import { BlockWriter } from './chain.ts'
import { type PersonName, people } from './people.ts'

export interface MarketOptions {
  apiUrl: string
  rpcUrl: string
  /** Origin of the dApp, such as http://localhost:3000. */
  origin: string
}

const PATIENCE_MS = 20_000
const POLL_MS = 50

/** A running Fairhold as the seed sees it: its settings, its chain, and everybody signed in. */
export class Market {
  readonly config: Config
  readonly chain: BlockWriter
  readonly visitor: Caller
  readonly #callers = new Map<PersonName, Caller>()

  private constructor(options: MarketOptions, { config, visitor }: { config: Config; visitor: Caller }) {
    this.config = config
    this.visitor = visitor
    this.chain = new BlockWriter(options.rpcUrl)
  }

  /** @throws if this is no local chain: the people's keys are public. */
  static async connect(options: MarketOptions): Promise<Market> {
    const visitor = new Caller(options)
    const config = await visitor.get<Config>('/v1/config')
    if (!config.devChain) throw new Error('the demo market is for local chains only')
    return new Market(options, { config, visitor })
  }

  get escrow(): Address {
    return this.config.escrow as Address
  }

  get reputation(): Address {
    return this.config.reputation as Address
  }

  /** Signs everybody in and writes their profiles. */
  async gather(options: MarketOptions): Promise<void> {
    const names = Object.keys(people) as PersonName[]
    const arrive = async (name: PersonName) => {
      const caller = new Caller(options)
      await caller.signIn(people[name], this.config.chainId)
      await caller.send('PUT', '/v1/identity/profile', { name: people[name].name, bio: people[name].bio })
      this.#callers.set(name, caller)
    }
    await Promise.all(names.map(arrive))
  }

  /** Ends the sessions that seeding opened. */
  async leave(): Promise<void> {
    await Promise.all([...this.#callers.values()].map((caller) => caller.send('DELETE', '/v1/identity/session')))
  }

  callerOf(name: PersonName): Caller {
    const caller = this.#callers.get(name)
    if (!caller) throw new Error(`${name} has not signed in`)
    return caller
  }

  /** The deal, once the indexer has seen that `holds`. */
  async dealWhen(id: string, holds: (deal: Deal) => boolean): Promise<Deal> {
    const until = Date.now() + PATIENCE_MS
    for (;;) {
      const deal = await this.visitor.get<Deal>(`/v1/deals/${id}`).catch(() => null)
      if (deal && holds(deal)) return deal
      if (Date.now() > until) throw new Error(`the indexer has not caught up with deal ${id} (${deal?.state ?? 'unknown'})`)
      await sleep(POLL_MS)
    }
  }
}
