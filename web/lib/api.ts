import type { ApiKey, CreatedKey, NewKey } from '@fairhold/api/contract/api-keys'
import type { ActivityItem, ActivityPage } from '@fairhold/api/contract/audit'
import type { IssueIn, OwnCredential, ShownCredential } from '@fairhold/api/contract/credentials'
import type { Deal, DealCard, DealPage, Propose, SettlementOffer } from '@fairhold/api/contract/deals'
import type { AgentKeyIn, AgentKeyItem } from '@fairhold/api/contract/did'
import type { RulingIn } from '@fairhold/api/contract/disputes'
import type { BundleIn, KeyBundle, KeysOf, PublishKey } from '@fairhold/api/contract/encryption'
import type { Enrolment, Factors, Passkey, RecoveryCodes } from '@fairhold/api/contract/factors'
import type { Challenge, Profile, ProfileUpdate, Purpose, Session, SessionItem, Wallet } from '@fairhold/api/contract/identity'
import type { Facets, Listing, ListingCard, ListingPage, Photo, Publish, SearchInput } from '@fairhold/api/contract/listings'
import type { Config } from '@fairhold/api/contract/meta'
import type { ClientIn, Connection, ConsentRequest, CreatedClient, NewClient, OauthClient } from '@fairhold/api/contract/oauth'
import { CONFIRMATION, type Deletion } from '@fairhold/api/contract/privacy'
import type { Reputation, Review, SealedReviewIn } from '@fairhold/api/contract/reputation'

export type {
  ActivityItem,
  AgentKeyItem,
  ApiKey,
  Config,
  Connection,
  ConsentRequest,
  CreatedClient,
  CreatedKey,
  Deal,
  DealCard,
  DealPage,
  Deletion,
  Enrolment,
  Facets,
  Factors,
  Listing,
  ListingCard,
  ListingPage,
  NewClient,
  NewKey,
  OauthClient,
  OwnCredential,
  Passkey,
  Photo,
  Profile,
  Reputation,
  Review,
  Session,
  SessionItem,
  SettlementOffer,
  ShownCredential,
  Wallet,
}

/** What the API says when it refuses (RFC 9457), or what stands in for it when it does not answer. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly whatToDo: string
  /** An API never moves money: only a transaction does. */
  readonly moneyMoved = false
  /** Per field: dotted path to what is wrong with it. */
  readonly fields: Readonly<Record<string, string>>

  constructor(problem: {
    status: number
    code: string
    title: string
    detail: string
    whatToDo?: string
    errors?: { path: string; message: string }[]
  }) {
    super(problem.detail)
    this.name = 'ApiError'
    this.status = problem.status
    this.code = problem.code
    this.title = problem.title
    this.whatToDo = problem.whatToDo ?? 'Try again in a moment.'
    this.fields = Object.fromEntries((problem.errors ?? []).map(({ path, message }) => [path, message]))
  }
}

type Query = Record<string, string | number | boolean | null | undefined>
/** `at`: where the path begins; `/v1` but for what the consent page asks. */
type Call = { method?: string; body?: unknown; query?: Query; key?: string; cookie?: string; at?: string }

const TIMEOUT_MS = 20_000

/** What proves with every write that this page can read the session. Known in browsers only: a server serves many people. */
let csrf = ''

/** Takes the token of a session that came with the page or in an answer. */
export function rememberCsrf(session: Session | null | undefined): void {
  if (typeof window !== 'undefined' && session) csrf = session.csrf
}

/** On the server the API is called directly; in the browser through this site, so that cookies are first-party. */
const base = (): string => (typeof window === 'undefined' ? (process.env.API_URL ?? 'http://127.0.0.1:4000') : '')

/** Asks once more where another tab has got the session another token meanwhile. */
async function call<T>(path: string, options: Call = {}): Promise<T> {
  try {
    return await callOnce<T>(path, options)
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'CSRF_REFUSED') throw error
    rememberCsrf(await callOnce<Session>('/identity/session'))
    return callOnce<T>(path, options)
  }
}

/** A file that takes its time, with the name that the API gives it. */
async function download(path: string): Promise<{ file: Blob; name: string }> {
  const response = await fetch(`${base()}/v1${path}`, { cache: 'no-store' }).catch(unreachable)
  if (!response.ok) throw problemFrom(response.status, await response.json().catch(() => null))
  const [, name = 'download'] = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? []
  return { file: await response.blob().catch(unreachable), name }
}

async function callOnce<T>(path: string, { method = 'GET', body, query, key, cookie, at = '/v1' }: Call = {}): Promise<T> {
  const headers: Record<string, string> = {}
  const form = body instanceof FormData
  if (body !== undefined && !form) headers['content-type'] = 'application/json'
  if (method !== 'GET') Object.assign(headers, { 'idempotency-key': key ?? crypto.randomUUID(), 'x-csrf-token': csrf })
  if (cookie) headers.cookie = cookie
  const init: RequestInit = { method, headers, cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) }
  if (body !== undefined) init.body = form ? body : JSON.stringify(body)
  const response = await fetch(`${base()}${at}${path}${queryString(query)}`, init).catch(unreachable)
  if (response.status === 204) return undefined as T
  const answer: unknown = await response.json().catch(() => null)
  if (!response.ok) throw problemFrom(response.status, answer)
  return answer as T
}

function queryString(query: Query | undefined): string {
  const set = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return set.length === 0 ? '' : `?${new URLSearchParams(set.map(([name, value]) => [name, String(value)]))}`
}

function unreachable(): never {
  throw new ApiError({
    status: 0,
    code: 'UNREACHABLE',
    title: 'The marketplace does not answer',
    detail: 'The request got no answer.',
    whatToDo: 'Check your connection and try again. Your money is safe: it is in the contract, not here.',
  })
}

function problemFrom(status: number, answer: unknown): ApiError {
  if (typeof answer === 'object' && answer !== null && 'code' in answer) {
    return new ApiError({ status, ...(answer as { code: string; title: string; detail: string }) })
  }
  return new ApiError({ status, code: 'UNEXPECTED', title: 'Something went wrong here', detail: `The API answered ${status}.` })
}

/** Null instead of a problem with this status. */
async function orNull<T>(status: number, answer: Promise<T>): Promise<T | null> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ApiError && error.status === status) return null
    throw error
  }
}

async function remembered<T extends Session | null>(answer: Promise<T>): Promise<T> {
  const session = await answer
  rememberCsrf(session)
  return session
}

type SignedMessage = { message: string; signature: string }

/** The marketplace's API. `cookie` passes a visitor's cookies on when a page is rendered on the server. */
export const api = {
  identity: {
    challenge: (purpose: Purpose) => call<Challenge>('/identity/nonce', { method: 'POST', body: { purpose } }),
    signIn: (body: SignedMessage) => remembered(call<Session>('/identity/session', { method: 'POST', body })),
    session: (cookie?: string) => remembered(orNull(401, call<Session>('/identity/session', cookie ? { cookie } : {}))),
    signOut: () => call<void>('/identity/session', { method: 'DELETE' }),
    prove: (body: SignedMessage) => remembered(call<Session>('/identity/proof/wallet', { method: 'POST', body })),
    activity: (cursor: string | null) => call<ActivityPage>('/identity/activity', { query: { cursor } }),
    sessions: () => call<SessionItem[]>('/identity/sessions'),
    nameSession: (id: string, name: string) => call<void>(`/identity/sessions/${id}`, { method: 'PUT', body: { name } }),
    endSession: (id: string) => call<void>(`/identity/sessions/${id}`, { method: 'DELETE' }),
    endSessions: () => call<{ ended: number }>('/identity/sessions', { method: 'DELETE' }),
    wallets: () => call<Wallet[]>('/identity/wallets'),
    linkWallet: (body: SignedMessage) => call<Wallet[]>('/identity/wallets', { method: 'POST', body }),
    unlinkWallet: (address: string) => call<void>(`/identity/wallets/${address}`, { method: 'DELETE' }),
    profile: (address: string) => call<Profile>(`/identity/profiles/${address}`),
    updateProfile: (body: ProfileUpdate) => call<Profile>('/identity/profile', { method: 'PUT', body }),
  },
  agents: {
    list: () => call<AgentKeyItem[]>('/identity/agent-keys'),
    allow: (body: AgentKeyIn) => call<AgentKeyItem>('/identity/agent-keys', { method: 'POST', body }),
    remove: (did: string) => call<void>(`/identity/agent-keys/${encodeURIComponent(did)}`, { method: 'DELETE' }),
  },
  encryption: {
    keysOf: (address: string) => call<KeysOf>(`/identity/encryption-keys/${address}`),
    publishKey: (body: PublishKey) => call<KeysOf>('/identity/encryption-key', { method: 'PUT', body }),
    bundleOf: (address: string) => call<KeyBundle>(`/identity/key-bundles/${address}`),
    replaceBundle: (address: string, body: BundleIn) => call<void>(`/identity/key-bundles/${address}`, { method: 'PUT', body }),
  },
  credentials: {
    mine: () => call<OwnCredential[]>('/credentials'),
    issue: (body: IssueIn) => call<OwnCredential>('/credentials', { method: 'POST', body }),
    revoke: (id: string) => call<void>(`/credentials/${id}`, { method: 'DELETE' }),
    imported: () => call<ShownCredential[]>('/credentials/imported'),
    import: (token: string) => call<ShownCredential>('/credentials/imported', { method: 'POST', body: { token } }),
    remove: (id: string) => call<void>(`/credentials/imported/${id}`, { method: 'DELETE' }),
    of: (address: string) => call<ShownCredential[]>(`/credentials/of/${address}`),
  },
  factors: {
    list: () => call<Factors>('/identity/factors'),
    passkeyOptions: () => call<object>('/identity/factors/passkeys/options', { method: 'POST' }),
    addPasskey: (body: { name: string; response: object }) =>
      remembered(call<Session>('/identity/factors/passkeys', { method: 'POST', body })),
    renamePasskey: (id: string, name: string) =>
      call<void>(`/identity/factors/passkeys/${id}`, { method: 'PUT', body: { name } }),
    removePasskey: (id: string) => remembered(call<Session>(`/identity/factors/passkeys/${id}`, { method: 'DELETE' })),
    enrolApp: () => call<Enrolment>('/identity/factors/app', { method: 'POST' }),
    confirmApp: (code: string) =>
      remembered(call<Session>('/identity/factors/app/confirmation', { method: 'POST', body: { code } })),
    removeApp: () => remembered(call<Session>('/identity/factors/app', { method: 'DELETE' })),
    makeRecoveryCodes: () => call<RecoveryCodes>('/identity/factors/recovery-codes', { method: 'POST' }),
    askPasskey: () => call<object>('/identity/proof/passkey/options', { method: 'POST' }),
    provePasskey: (body: { response: object }) => remembered(call<Session>('/identity/proof/passkey', { method: 'POST', body })),
    proveCode: (code: string) => remembered(call<Session>('/identity/proof/totp', { method: 'POST', body: { code } })),
    proveRecovery: (code: string) => remembered(call<Session>('/identity/proof/recovery', { method: 'POST', body: { code } })),
  },
  listings: {
    search: (query: SearchInput = {}) => call<ListingPage>('/listings', { query: query as Query }),
    facets: (query: SearchInput = {}) => call<Facets>('/listings/facets', { query: query as Query }),
    get: (id: string) => orNull(404, call<Listing>(`/listings/${id}`)),
    publish: (body: Publish, key?: string) => call<Listing>('/listings', { method: 'POST', body, ...(key ? { key } : {}) }),
    withdraw: (id: string) => call<void>(`/listings/${id}`, { method: 'DELETE' }),
    uploadPhoto: (file: Blob) => {
      const body = new FormData()
      body.append('file', file)
      return call<Photo>('/listings/photos', { method: 'POST', body })
    },
  },
  deals: {
    list: (query: Query = {}, cookie?: string) => call<DealPage>('/deals', { query, ...(cookie ? { cookie } : {}) }),
    get: (id: string, cookie?: string) => orNull(404, call<Deal>(`/deals/${id}`, cookie ? { cookie } : {})),
    setAddress: (id: string, text: string) => call<void>(`/deals/${id}/shipping-address`, { method: 'PUT', body: { text } }),
    setTracking: (id: string, body: { carrier: string; number: string }) =>
      call<{ trackingHash: `0x${string}`; salt: `0x${string}` }>(`/deals/${id}/tracking`, { method: 'PUT', body }),
    propose: (id: string, body: Propose) => call<SettlementOffer>(`/deals/${id}/settlements`, { method: 'POST', body }),
  },
  disputes: {
    list: (query: Query = {}) => call<DealPage>('/disputes', { query }),
    state: (id: string, text: string) =>
      call<{ textHash: `0x${string}` }>(`/disputes/${id}/statements`, { method: 'POST', body: { text } }),
    rule: (id: string, body: RulingIn) => call<void>(`/disputes/${id}/rulings`, { method: 'POST', body }),
  },
  reputation: {
    seal: (body: SealedReviewIn) =>
      call<{ commitment: `0x${string}`; textHash: `0x${string}` }>('/reputation/reviews', { method: 'POST', body }),
    of: (address: string, query: Query = {}) => call<Reputation>(`/reputation/${address}`, { query }),
  },
  oauth: {
    /** What an app asks for; null when that has expired, or was asked in another browser. */
    request: (uid: string, cookie?: string) =>
      orNull(404, call<ConsentRequest>(`/oauth/${encodeURIComponent(uid)}/request`, { at: '', ...(cookie ? { cookie } : {}) })),
    decide: (uid: string, allow: boolean) =>
      call<{ location: string }>(`/oauth/${encodeURIComponent(uid)}/decision`, { at: '', method: 'POST', body: { allow } }),
    connections: () => call<Connection[]>('/oauth/connections'),
    disconnect: (clientId: string) => call<void>(`/oauth/connections/${clientId}`, { method: 'DELETE' }),
    clients: () => call<OauthClient[]>('/oauth/clients'),
    register: (body: NewClient) => call<CreatedClient>('/oauth/clients', { method: 'POST', body }),
    change: (id: string, body: ClientIn) => call<OauthClient>(`/oauth/clients/${id}`, { method: 'PUT', body }),
    renewSecret: (id: string) => call<CreatedClient>(`/oauth/clients/${id}/secret`, { method: 'POST' }),
    remove: (id: string) => call<void>(`/oauth/clients/${id}`, { method: 'DELETE' }),
  },
  keys: {
    list: () => call<ApiKey[]>('/identity/keys'),
    create: (body: NewKey) => call<CreatedKey>('/identity/keys', { method: 'POST', body }),
    revoke: (id: string) => call<void>(`/identity/keys/${id}`, { method: 'DELETE' }),
  },
  privacy: {
    exportData: () => download('/identity/export'),
    deletion: () => call<Deletion>('/identity/account/deletion'),
    deleteAccount: () => call<Deletion>('/identity/account', { method: 'DELETE', body: { confirm: CONFIRMATION } }),
  },
  meta: { config: () => call<Config>('/config') },
}

/** Address of a photo at one of the widths the API makes. */
export function photoUrl(sha256: string, width: 320 | 640 | 1600): string {
  return `/v1/media/${sha256}?w=${width}`
}
