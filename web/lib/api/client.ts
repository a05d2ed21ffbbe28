import type { Session } from '@fairhold/api/contract/identity'
import { adviceFor, loadProblemWords, saidWords } from '../problem-words'
import { detailIn, fieldIn, type SaidField } from '../said'
import { csrfToken, knownAccount, rememberSession, tellSession } from './known-session'

/** What the API says when it refuses (RFC 9457), or what stands in for it when it does not answer. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly whatToDo: string
  /** An API never moves money: only a transaction does. */
  readonly moneyMoved = false
  /** What happened in particular, in the reader's language; empty where it has no words for it. */
  readonly detail: string
  /** Per field: dotted path to what is wrong with it, in the reader's language. */
  readonly fields: Readonly<Record<string, string>>

  constructor(problem: {
    status: number
    code: string
    title: string
    detail: string
    whatToDo?: string
    errors?: SaidField[]
  }) {
    super(problem.detail)
    this.name = 'ApiError'
    this.status = problem.status
    this.code = problem.code
    const english = { title: problem.title, whatToDo: problem.whatToDo ?? 'Try again in a moment.' }
    const { title, whatToDo } = adviceFor(problem.code, english)
    this.title = title
    this.whatToDo = whatToDo
    const said = saidWords()
    const faults = problem.errors ?? []
    this.detail = said ? detailIn(said, problem.detail, faults) : problem.detail
    this.fields = Object.fromEntries(faults.map((field) => [field.path, said ? fieldIn(said, field) : field.message]))
  }
}

export type Query = Record<string, string | number | boolean | null | undefined>
/** `at`: where the path begins; `/v1` but for what the consent page asks. */
export type Call = { method?: string; body?: unknown; query?: Query; key?: string; cookie?: string; at?: string }

const TIMEOUT_MS = 20_000

/** On the server the API is called directly; in the browser through this site, so that cookies are first-party. */
const base = (): string => (typeof window === 'undefined' ? (process.env.API_URL ?? 'http://127.0.0.1:4000') : '')

export const call = <T>(path: string, options: Call = {}): Promise<T> => withFreshToken(() => callOnce<T>(path, options))

/**
 * Asks once more where another tab has got the session another token meanwhile. Where it has got another person, nothing is done in
 * their name: the page shows who is there now, and says so. @throws ApiError ANOTHER_ACCOUNT
 */
export async function withFreshToken<T>(ask: () => Promise<T>): Promise<T> {
  const asker = knownAccount()
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'CSRF_REFUSED') throw error
    const session = await orNull(401, callOnce<Session>('/identity/session'))
    if (session?.address !== asker) throw anotherAccount(session)
    rememberSession(session)
    return ask()
  }
}

function anotherAccount(session: Session | null): ApiError {
  tellSession(session)
  return new ApiError({
    status: 409,
    code: 'ANOTHER_ACCOUNT',
    title: 'Nothing was done: somebody else is signed in here now',
    detail: 'In another tab of this browser the account was changed.',
    whatToDo:
      'Look at the top of the page who is signed in. Do it again if it is you who wants it, or sign in with the other account.',
  })
}

/** A file that takes its time, with the name that the API gives it. */
export async function download(path: string): Promise<{ file: Blob; name: string }> {
  const response = await fetch(`${base()}/v1${path}`, { cache: 'no-store' }).catch(unreachable)
  if (!response.ok) {
    await loadProblemWords()
    throw problemFrom(response.status, await response.json().catch(() => null))
  }
  const [, name = 'download'] = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? []
  return { file: await response.blob().catch(unreachable), name }
}

async function callOnce<T>(path: string, { method = 'GET', body, query, key, cookie, at = '/v1' }: Call = {}): Promise<T> {
  const headers: Record<string, string> = {}
  const form = body instanceof FormData
  if (body !== undefined && !form) headers['content-type'] = 'application/json'
  if (method !== 'GET') Object.assign(headers, { 'idempotency-key': key ?? crypto.randomUUID(), 'x-csrf-token': csrfToken() })
  if (cookie) headers.cookie = cookie
  const init: RequestInit = { method, headers, cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) }
  if (body !== undefined) init.body = form ? body : JSON.stringify(body)
  const response = await fetch(`${base()}${at}${path}${queryString(query)}`, init).catch(unreachable)
  if (response.status === 204) return undefined as T
  const answer: unknown = await response.json().catch(() => null)
  if (!response.ok) {
    await loadProblemWords()
    throw problemFrom(response.status, answer)
  }
  return answer as T
}

function queryString(query: Query | undefined): string {
  const set = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return set.length === 0 ? '' : `?${new URLSearchParams(set.map(([name, value]) => [name, String(value)]))}`
}

export function unreachable(): never {
  throw new ApiError({
    status: 0,
    code: 'UNREACHABLE',
    title: 'The marketplace does not answer',
    detail: 'The request got no answer.',
    whatToDo: 'Check your connection and try again. Your money is safe: it is in the contract, not here.',
  })
}

export function problemFrom(status: number, answer: unknown): ApiError {
  if (typeof answer === 'object' && answer !== null && 'code' in answer) {
    return new ApiError({ status, ...(answer as { code: string; title: string; detail: string }) })
  }
  return new ApiError({ status, code: 'UNEXPECTED', title: 'Something went wrong here', detail: `The API answered ${status}.` })
}

/** A sentence of the API in the reader's language; empty where that has no words for it. */
export async function inReadersWords(english: string): Promise<string> {
  await loadProblemWords()
  const said = saidWords()
  return said ? detailIn(said, english) : english
}

/** Null instead of a problem with this status. */
export async function orNull<T>(status: number, answer: Promise<T>): Promise<T | null> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ApiError && error.status === status) return null
    throw error
  }
}

export async function remembered<T extends Session | null>(answer: Promise<T>): Promise<T> {
  const session = await answer
  rememberSession(session)
  return session
}
