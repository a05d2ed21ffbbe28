import type { DealState } from '@fairhold/protocol/deal/state'

type Windows = Record<'fundingSeconds' | 'shipSeconds' | 'deliverySeconds' | 'inspectionSeconds' | 'rulingSeconds', number>

const usual = ['fund', 'ship', 'deliver', 'release'] as const
export type StepAhead = (typeof usual)[number] | 'rule'

const next: Partial<Record<DealState, StepAhead>> = {
  partlyFunded: 'fund',
  funded: 'ship',
  shipped: 'deliver',
  delivered: 'release',
  disputed: 'rule',
}

/** The steps of a deal that goes well, from where it stands, with the time that each may take; none once it is over. */
export function stepsAhead(state: DealState, terms: Windows): { step: StepAhead; seconds: number }[] {
  const first = next[state]
  if (first === undefined) return []
  const windows: Record<StepAhead, number> = {
    fund: terms.fundingSeconds,
    ship: terms.shipSeconds,
    deliver: terms.deliverySeconds,
    release: terms.inspectionSeconds,
    rule: terms.rulingSeconds,
  }
  const steps: readonly StepAhead[] = first === 'rule' ? ['rule'] : usual.slice(usual.indexOf(first))
  return steps.map((step) => ({ step, seconds: windows[step] }))
}
