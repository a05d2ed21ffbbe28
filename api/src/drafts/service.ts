import type { Prisma } from '@fairhold/db/client'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'
import type { Draft, DraftForm, DraftItem, NewDraft } from './contract.ts'

/** More than anybody writes at once; keeps a program from filling the disk. */
export const MAX_DRAFTS = 50

interface Row {
  id: string
  revision: number
  listingId: string | null
  updatedAt: Date
  form: Prisma.JsonValue
}

const select = { id: true, revision: true, listingId: true, updatedAt: true, form: true } as const

/** What a person has begun to write, the latest first. */
export async function listDrafts({ db }: Context, account: Account): Promise<DraftItem[]> {
  const rows = await db.draft.findMany({
    where: { accountId: account.id },
    select,
    orderBy: [{ updatedAt: 'desc' }, { id: 'asc' }],
    take: MAX_DRAFTS,
  })
  return rows.map((row) => {
    const { form, ...draft } = draftOf(row)
    return { ...draft, title: form.title ?? '', photo: form.photos?.[0]?.sha256 ?? null }
  })
}

/** @throws AppError NOT_FOUND, also for what is somebody else's */
export async function getDraft({ db }: Context, account: Account, id: string): Promise<Draft> {
  const row = await db.draft.findFirst({ where: { id, accountId: account.id }, select })
  if (!row) throw new AppError('NOT_FOUND', 'There is no such draft of yours.')
  return draftOf(row)
}

/** @throws AppError DRAFTS_FULL */
export async function createDraft({ db }: Context, account: Account, { form, listingId }: NewDraft): Promise<Draft> {
  const edited = listingId === undefined ? null : await db.listing.findFirst({ where: editable(account, listingId) })
  if (listingId !== undefined && !edited) throw new AppError('NOT_FOUND', 'There is no such listing of yours.')
  const count = await db.draft.count({ where: { accountId: account.id } })
  if (count >= MAX_DRAFTS) throw new AppError('DRAFTS_FULL', `There are ${count} drafts already.`)
  const data = { accountId: account.id, form: jsonOf(form), listingId: edited?.id ?? null }
  return draftOf(await db.draft.create({ data, select }))
}

/**
 * Saves over the revision that was changed.
 * @throws AppError DRAFT_CHANGED where another tab or device saved meanwhile, NOT_FOUND
 */
export async function saveDraft(
  context: Context,
  account: Account,
  { id, revision, form }: { id: string; revision: number; form: DraftForm },
): Promise<Draft> {
  const { count } = await context.db.draft.updateMany({
    where: { id, accountId: account.id, revision },
    data: { form: jsonOf(form), revision: { increment: 1 }, updatedAt: new Date() },
  })
  const draft = await getDraft(context, account, id)
  if (count === 1) return draft
  throw new AppError('DRAFT_CHANGED', `The draft was saved elsewhere meanwhile: it is at revision ${draft.revision}.`)
}

/** Drafts that are gone already are no mistake. */
export async function deleteDraft({ db }: Context, account: Account, id: string): Promise<void> {
  await db.draft.deleteMany({ where: { id, accountId: account.id } })
}

const editable = (account: Account, id: string) => ({ id, seller: { in: [...account.wallets] } })

const jsonOf = (form: DraftForm): Prisma.InputJsonObject => JSON.parse(JSON.stringify(form)) as Prisma.InputJsonObject

function draftOf({ updatedAt, form, ...row }: Row): Draft {
  return { ...row, updatedAt: updatedAt.toISOString(), form: form as DraftForm }
}
