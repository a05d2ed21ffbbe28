import { agents } from './agents'
import { credentials } from './credentials'
import { deals } from './deals'
import { disputes } from './disputes'
import { encryption } from './encryption'
import { factors } from './factors'
import { identity } from './identity'
import { keys } from './keys'
import { listings } from './listings'
import { meta } from './meta'
import { oauth } from './oauth'
import { privacy } from './privacy'
import { reputation } from './reputation'

export type { ApiKey, CreatedKey, NewKey } from '@fairhold/api/contract/api-keys'
export type { ActivityItem } from '@fairhold/api/contract/audit'
export type { OwnCredential, ShownCredential } from '@fairhold/api/contract/credentials'
export type { Deal, DealCard, DealPage, SettlementOffer } from '@fairhold/api/contract/deals'
export type { AgentKeyItem } from '@fairhold/api/contract/did'
export type { Enrolment, Factors, Passkey } from '@fairhold/api/contract/factors'
export type { Profile, Session, SessionItem, Wallet } from '@fairhold/api/contract/identity'
export type { Listing, ListingCard, ListingPage, Photo } from '@fairhold/api/contract/listings'
export type { Facets, Suggestion } from '@fairhold/api/contract/listings/search'
export type { Config } from '@fairhold/api/contract/meta'
export type { Connection, ConsentRequest, CreatedClient, NewClient, OauthClient } from '@fairhold/api/contract/oauth'
export type { Deletion } from '@fairhold/api/contract/privacy'
export type { Reputation, Review } from '@fairhold/api/contract/reputation'
export { ApiError } from './client'

/**
 * The marketplace's API. `cookie` passes a visitor's cookies on when a page is rendered on the server.
 * A module's client stands in its own file here; what a new page alone needs is imported from there.
 */
export const api = {
  identity,
  agents,
  encryption,
  credentials,
  factors,
  listings,
  deals,
  disputes,
  reputation,
  oauth,
  keys,
  privacy,
  meta,
}
