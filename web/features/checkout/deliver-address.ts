import { api } from '@/lib/api'
import { forgetDraft, readDraft } from './draft'

/**
 * Hands the address that was kept for a deal to the marketplace, which encrypts it. It is forgotten here only once it is there;
 * until then the deal's page tries again.
 */
export async function deliverAddress(dealId: string): Promise<boolean> {
  const kept = readDraft(dealId)
  if (!kept) return false
  try {
    await api.deals.setAddress(dealId, kept.address)
  } catch {
    return false
  }
  forgetDraft(dealId)
  return true
}
