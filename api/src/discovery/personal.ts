import { randomBytes } from 'node:crypto'
import type { Context } from '../context.ts'
import { decodeCursor, pageFrom } from '../http/paging.ts'
import { standingsOf } from './cards.ts'
import type { PageQuery, PersonalState, SeenListing } from './contract.ts'

/** So many listings a history has at most; older ones are forgotten. */
const MOST_VIEWS = 300
/** A reload soon after is no second look. */
const SAME_LOOK = '10 minutes'

export async function personalOf({ db }: Context, accountId: string): Promise<PersonalState> {
  const row = await db.personal.findUnique({ where: { accountId }, select: { historySince: true } })
  const since = row?.historySince ?? null
  const views = since === null ? 0 : await db.listingView.count({ where: { accountId } })
  return { wanted: since !== null, since: since?.toISOString() ?? null, views }
}

/** Begins or ends personal recommendations. Ending them deletes the history at once. */
export async function wantPersonal(context: Context, accountId: string, wanted: boolean): Promise<PersonalState> {
  const { db } = context
  const inbox = randomBytes(16).toString('hex')
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`INSERT INTO app.personal (account_id, inbox, history_since)
      VALUES (${accountId}::uuid, ${inbox}, CASE WHEN ${wanted} THEN now() END)
      ON CONFLICT (account_id) DO UPDATE SET history_since = CASE WHEN ${wanted} THEN COALESCE(personal.history_since, now()) END`
    if (!wanted) await tx.listingView.deleteMany({ where: { accountId } })
  })
  return personalOf(context, accountId)
}

/** Notes that a listing was looked at, for who wants that; for everybody else nothing is kept. One's own listings do not count. */
export async function noteView(
  { db }: Context,
  account: { id: string; wallets: readonly string[] },
  listingId: string,
): Promise<void> {
  const { id, wallets } = account
  await db.$transaction(async (tx) => {
    // The row is locked, so that nothing is noted behind the back of who ends it at this moment.
    const noted = await tx.$executeRaw`
      INSERT INTO app.listing_view AS seen (account_id, listing_id)
      SELECT p.account_id, l.id FROM app.personal p, app.listing l
      WHERE p.account_id = ${id}::uuid AND p.history_since IS NOT NULL AND l.id = ${listingId} AND NOT l.seller = ANY(${[...wallets]})
      FOR SHARE OF p
      ON CONFLICT (account_id, listing_id) DO UPDATE SET viewed_at = now(),
        times = seen.times + CASE WHEN seen.viewed_at < now() - ${SAME_LOOK}::interval THEN 1 ELSE 0 END`
    if (noted === 0) return
    await tx.$executeRaw`DELETE FROM app.listing_view WHERE account_id = ${id}::uuid AND listing_id IN (
      SELECT listing_id FROM app.listing_view WHERE account_id = ${id}::uuid ORDER BY viewed_at DESC, listing_id OFFSET ${MOST_VIEWS})`
  })
}

interface ViewRow {
  listing_id: string
  viewed_at: Date
  key: string
}

/** What was looked at, the last first, each as it stands now. */
export async function listViews(context: Context, accountId: string, { cursor, limit }: PageQuery) {
  const after = decodeCursor(cursor)
  const rows = await context.db.$queryRaw<ViewRow[]>`
    SELECT listing_id, viewed_at, key::text AS key
    FROM (SELECT *, (extract(epoch FROM viewed_at) * 1000000)::numeric(30, 0) AS key FROM app.listing_view WHERE account_id = ${accountId}::uuid) seen
    WHERE ${after === null} OR (key, listing_id) < (${after?.key ?? '0'}::numeric, ${after?.id ?? ''})
    ORDER BY key DESC, listing_id DESC LIMIT ${limit + 1}`
  const standing = await standingsOf(
    context,
    rows.slice(0, limit).map((row) => row.listing_id),
  )
  return pageFrom(rows, limit, {
    cursorOf: ({ key, listing_id }) => ({ key, id: listing_id }),
    toItem: ({ listing_id, viewed_at }): SeenListing => ({
      ...{ listingId: listing_id, viewedAt: viewed_at.toISOString() },
      ...standing(listing_id),
    }),
  })
}

/** Forgets that a listing was looked at, or all of them; what is looked at from now on is kept as before. */
export async function forgetViews({ db }: Context, accountId: string, listingId: string | null): Promise<void> {
  await db.listingView.deleteMany({ where: { accountId, ...(listingId === null ? {} : { listingId }) } })
}
