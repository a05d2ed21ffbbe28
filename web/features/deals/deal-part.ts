import type { Deal } from '@/lib/api'
import type { Viewer } from './shown'
import type { ActOnDeal } from './use-deal-action'

/** What every part of the deal page gets. */
export interface DealPart {
  deal: Deal
  viewer: Viewer
  /** Chain time in seconds. */
  now: number
  action: ActOnDeal
  refresh: () => Promise<void>
}
