import { randomBytes } from 'node:crypto'
import type { Context } from '../context.ts'
import { standingsOf } from './cards.ts'
import type { PersonalState } from './contract.ts'

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

const SHOWN = 24

/** What was looked at last, as far as it is still there. */
export async function listViews(context: Context, accountId: string) {
  const rows = await context.db.listingView.findMany({
    where: { accountId },
    orderBy: [{ viewedAt: 'desc' }, { listingId: 'asc' }],
    take: SHOWN,
  })
  const standing = await standingsOf(
    context,
    rows.map(({ listingId }) => listingId),
  )
  return rows.flatMap(({ listingId, viewedAt }) => {
    const { listing } = standing(listingId)
    return listing ? [{ viewedAt: viewedAt.toISOString(), listing }] : []
  })
}
