import { projectCredits } from '../project/credit.ts'
import type { ChainEvent } from '../project/event.ts'
import { projectCounters } from '../project/offer.ts'
import { insertRows, stageRows, type Target, updateRows } from './copy.ts'
import { voidingsOf } from './events.ts'
import { selectRows } from './tables.ts'

type Events = readonly ChainEvent[]

/** Adds what events credited and takes off what they withdrew; with the sign −1, when events are taken back, the other way round. */
export async function writeCredits(target: Target, events: Events, sign: 1 | -1): Promise<void> {
  const { client, chain } = target
  const rows = [...projectCredits(events.map((event) => ({ event, sign }))).values()].filter((row) => row.amount !== 0n)
  if (rows.length === 0) return
  await stageRows(target, 'credit', rows)
  await client.query(
    `insert into credit (chain, token, account, amount) select $1, token, account, amount from stage_credit
     on conflict (chain, token, account) do update set amount = credit.amount + excluded.amount`,
    [chain],
  )
  const accounts = rows.map((row) => row.account)
  await client.query('delete from credit where chain = $1 and amount = 0 and account = any($2)', [chain, accounts])
  await client.query('delete from stage_credit') // a reorganisation comes here twice in a transaction
}

/** Folds what makers voided onto what they had voided before. */
export async function writeCounters(target: Target, events: Events): Promise<void> {
  const makers = [...projectCounters(events).keys()]
  if (makers.length === 0) return
  const { client, chain } = target
  const before = await selectRows(client, 'counter', { chain, where: 'maker = any($2)', values: [makers] })
  const isKnown = new Set(before.map(({ maker }) => maker))
  const after = [...projectCounters(events, before).values()]
  const [known, fresh] = [after.filter(({ maker }) => isKnown.has(maker)), after.filter(({ maker }) => !isKnown.has(maker))]
  await insertRows(target, 'counter', fresh)
  await updateRows(target, 'counter', known)
}

/** Folds anew what makers voided whose events were taken back, from the events that are left. */
export async function refoldCounters(target: Target, retracted: Events): Promise<void> {
  const makers = [...projectCounters(retracted).keys()]
  if (makers.length === 0) return
  const { client, chain } = target
  await client.query('delete from counter where chain = $1 and maker = any($2)', [chain, makers])
  await insertRows(target, 'counter', [...projectCounters(await voidingsOf(target, makers)).values()])
}
