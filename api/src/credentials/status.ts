import type { Context } from '../context.ts'
import { createLookupCache, type LookupCache } from '../did/cache.ts'
import { AppError } from '../http/errors.ts'
import { statusListUrl } from './issue.ts'
import { encodeStatusList } from './status-list.ts'
import { CONTEXTS, STATUS_LIST_TYPE, VC_TYPE } from './vc.ts'

/** How long a list may be used before it is fetched again; so long a revocation may go unseen, in seconds. */
export const STATUS_SECONDS = 60
/** How long a list that somebody keeps can stand as proof, in seconds. */
const LIFE = 86_400
const MAX_LISTS = 50

/** Status lists as credentials, made anew every minute. */
export type StatusLists = (number: number) => Promise<string>

/** @throws (the result) AppError NOT_FOUND for a list that no credential is in */
export function createStatusLists(context: Context): StatusLists {
  const made: LookupCache<string> = createLookupCache(MAX_LISTS, Date.now)
  return (number) => made.get(String(number), (STATUS_SECONDS / 2) * 1000, () => makeList(context, number))
}

/** The list's credential. A credential whose account is gone counts as revoked. */
async function makeList(context: Context, number: number): Promise<string> {
  const { db } = context
  const exists = await db.credential.findFirst({ where: { statusList: number }, select: { id: true } })
  if (!exists) throw new AppError('NOT_FOUND', 'There is no such status list.')
  const rows = await db.$queryRaw<{ status_index: number }[]>`
    SELECT credential.status_index FROM app.credential JOIN app.account ON account.id = credential.account_id
    WHERE credential.status_list = ${number} AND (credential.revoked_at IS NOT NULL OR account.deleted_at IS NOT NULL)`
  const issuer = context.issuer()
  const url = statusListUrl(context, number)
  const now = Math.floor(Date.now() / 1000)
  const instant = (at: number) => new Date(at * 1000).toISOString().replace('.000', '')
  const credential = {
    '@context': CONTEXTS.slice(0, 1),
    id: url,
    type: ['VerifiableCredential', STATUS_LIST_TYPE],
    issuer: issuer.did,
    validFrom: instant(now),
    validUntil: instant(now + LIFE),
    credentialSubject: {
      id: `${url}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: encodeStatusList(rows.map(({ status_index }) => status_index)),
      ttl: STATUS_SECONDS * 1000,
    },
  }
  return issuer.sign({ ...credential, iat: now, exp: now + LIFE }, { typ: VC_TYPE, cty: 'vc' })
}
