import { type Action, type DealFacts, isLate } from '@fairhold/protocol/deal/machine'
import { type Outlook, type Turn, whatIfNobodyActs, whoseTurn } from '@fairhold/protocol/deal/outlook'
import type { Viewer } from './copy'

/** What each late step comes to, in words that follow “after that, …”. */
const lateSteps: Partial<Record<Action, { buyer: string; seller: string; other: string }>> = {
  cancelFunding: {
    buyer: 'you or the seller can cancel the deal, and what you paid comes back to you.',
    seller: 'you or the buyer can cancel the deal, and what was paid goes back.',
    other: 'either side can cancel the deal, and what was paid goes back to the buyer.',
  },
  reclaim: {
    buyer: 'you can take all your money back.',
    seller: 'the buyer can take all the money back.',
    other: 'the buyer can take all the money back.',
  },
  deliver: {
    buyer: 'the seller can declare the item delivered. Your time to inspect starts then.',
    seller: 'you can declare the item delivered. The buyer’s time to inspect starts then.',
    other: 'the seller can declare the item delivered, and the time to inspect starts.',
  },
  claim: {
    buyer: 'the money goes to the seller. Anyone may trigger it, and this marketplace does.',
    seller: 'the money goes to you. Anyone may trigger it, and this marketplace does.',
    other: 'the money goes to the seller.',
  },
  awardByDefault: {
    buyer: 'either side can have the split paid out that the terms name for a silent arbiter.',
    seller: 'either side can have the split paid out that the terms name for a silent arbiter.',
    other: 'either party can have the split paid out that the terms name for a silent arbiter.',
  },
}

/** What happens if nobody acts before the deadline, as the end of a sentence; null where nothing presses. */
export function ifNobodyActs(facts: DealFacts, viewer: Viewer): { outlook: Outlook; words: string } | null {
  const outlook = whatIfNobodyActs(facts)
  if (outlook === null) return null
  const words = lateSteps[outlook.action]
  if (!words) return null
  return { outlook, words: viewer === 'buyer' || viewer === 'seller' ? words[viewer] : words.other }
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
