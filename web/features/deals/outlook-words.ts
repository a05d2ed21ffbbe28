import { type DealFacts, isLate } from '@fairhold/protocol/deal/machine'
import { type Turn, whatIfNobodyActs, whoseTurn } from '@fairhold/protocol/deal/outlook'
import type { Words } from '../../i18n/words-of'
import type { Viewer } from './shown'

/** The steps that a passed deadline opens. */
const lateSteps = ['cancelFunding', 'reclaim', 'deliver', 'claim', 'awardByDefault'] as const

/** What happens if nobody acts before the deadline, or now that it has passed; null where nothing presses. */
export function ifNobodyActs(t: Words<'deals'>, facts: DealFacts, viewer: Viewer, now: number): string | null {
  const outlook = whatIfNobodyActs(facts)
  const step = lateSteps.find((one) => one === outlook?.action)
  if (step === undefined) return null
  const who = viewer === 'buyer' || viewer === 'seller' ? viewer : 'other'
  return isLate(facts, now) ? t(`now.${step}.${who}`) : t(`then.${step}.${who}`)
}

export type TurnFor = { turn: Turn; who: 'you' | 'buyer' | 'seller' | 'arbiter' }

/** Whose turn it is as the viewer reads it; null once nothing is left to do. */
export function turnFor(facts: DealFacts, viewer: Viewer, now: number): TurnFor | null {
  const turn = whoseTurn(facts, now)
  if (turn === null) return null
  const named = turn.who.filter((doer) => doer !== 'anyone')
  if (viewer !== 'stranger' && (turn.who.includes('anyone') || named.includes(viewer))) {
    const mine = named.includes(viewer) || viewer === 'seller'
    if (mine) return { turn, who: 'you' }
  }
  return { turn, who: named[0] ?? 'seller' }
}

/** Whether the deadline has passed for texts that come in two forms. */
export function tenseOf(facts: DealFacts, now: number): 'onTime' | 'late' {
  return isLate(facts, now) ? 'late' : 'onTime'
}
