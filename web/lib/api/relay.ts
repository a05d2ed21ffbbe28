import type { ActIn, OpeningIn, Relay, RelayOffer, VoidingIn } from '@fairhold/api/contract/relay'
import { call } from './client'

export type { ActIn, OpeningIn, Relay, RelayOffer, VoidingIn } from '@fairhold/api/contract/relay'

/** The operator's relayer: sends what people signed, so that they need no coins. */
export const relay = {
  offer: () => call<RelayOffer>('/relay'),
  open: (body: OpeningIn, key: string) => call<Relay>('/relay/openings', { method: 'POST', body, key }),
  act: (body: ActIn, key: string) => call<Relay>('/relay/acts', { method: 'POST', body, key }),
  void: (body: VoidingIn, key: string) => call<Relay>('/relay/voidings', { method: 'POST', body, key }),
  get: (id: string) => call<Relay>(`/relay/requests/${id}`),
  ofDeal: (dealId: string) => call<Relay | null>(`/relay/deals/${dealId}`),
  /** Of a listing or a bid that is being voided. */
  ofVoided: (id: string) => call<Relay | null>(`/relay/voidings/${id}`),
}
