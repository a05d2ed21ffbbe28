import type { IncomingMessage } from 'node:http'
import type { Context } from '../context.ts'
import { PROOF_MS } from '../http/access.ts'
import type { Account } from '../http/auth.ts'
import { ACR_PROVED, ACR_SIGNED_IN } from './contract.ts'

/** Who is signed in to the market, as the provider names and dates that. */
export interface Person {
  /** `sub`: stays when wallets and DID change, and is never given to anybody else. */
  subject: string
  /** Seconds: when the person last proved who they are, as the market asks of them; 0 if they have not in this session. */
  authTime: number
  acr: string
}

/** The market's own session behind each request that the provider is handed. */
const people = new WeakMap<IncomingMessage, Person | null>()

export function rememberPerson(request: IncomingMessage, person: Person | null): void {
  people.set(request, person)
}

export function personOf(request: IncomingMessage): Person | null {
  return people.get(request) ?? null
}

/** What the provider needs to know of an account that is in a session of its own; null for anybody else. */
export async function personOfAccount({ db }: Context, account: Account | null): Promise<Person | null> {
  if (!account?.session) return null
  const [row] = await db.$queryRaw<{ subject: string }[]>`
    SELECT subject FROM app.account WHERE id = ${account.id}::uuid AND deleted_at IS NULL`
  if (!row) return null
  const { provedAt } = account.session
  const proved = provedAt !== null && Date.now() - provedAt.getTime() <= PROOF_MS
  const authTime = Math.floor((provedAt?.getTime() ?? 0) / 1000)
  return { subject: row.subject, authTime, acr: proved ? ACR_PROVED : ACR_SIGNED_IN }
}
