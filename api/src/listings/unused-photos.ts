import { rm } from 'node:fs/promises'
import { Prisma } from '@fairhold/db/client'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'
import { fileOf, formats, widths } from './photos.ts'

/** So many pictures one account may have uploaded that nothing shows: more than fit into the listings that somebody writes at once. */
export const MOST_UNUSED = 500
/** So long a picture waits for a listing or a draft. */
const WAITS = '3 days'
const BATCH = 200

/** Whether a listing or a draft shows picture `m`. The first listings had just the names of their pictures. */
const isShown = Prisma.sql`(
  EXISTS (SELECT FROM app.listing l WHERE l.content -> 'photos' @> jsonb_build_array(jsonb_build_object('sha256', m.sha256)))
  OR EXISTS (SELECT FROM app.listing l WHERE l.content -> 'photos' @> to_jsonb(m.sha256))
  OR EXISTS (SELECT FROM app.draft d WHERE d.form -> 'photos' @> jsonb_build_array(jsonb_build_object('sha256', m.sha256))))`

/** @throws AppError PICTURES_FULL */
export async function checkRoom({ db }: Context, { wallets }: Pick<Account, 'wallets'>): Promise<void> {
  const owners = [...wallets]
  if ((await db.media.count({ where: { owner: { in: owners } } })) < MOST_UNUSED) return
  const [row] = await db.$queryRaw<{ unused: number }[]>(
    Prisma.sql`SELECT count(*)::int AS unused FROM app.media m WHERE m.owner = ANY(${owners}) AND NOT ${isShown}`,
  )
  if ((row?.unused ?? 0) < MOST_UNUSED) return
  throw new AppError('PICTURES_FULL', `${row?.unused} pictures of yours are shown by no listing and no draft.`)
}

/** Deletes the pictures that nothing shows, some days after they were uploaded. Returns how many. */
export async function sweepPhotos(context: Context): Promise<number> {
  let swept = 0
  for (let count = BATCH; count === BATCH; swept += count) count = await sweepSome(context)
  return swept
}

/** The rows stay locked until the files are gone: who uploads the same picture just now waits, and writes it again. */
async function sweepSome({ db, env }: Context): Promise<number> {
  return db.$transaction(async (tx) => {
    const gone = await tx.$queryRaw<{ sha256: string }[]>(Prisma.sql`
      DELETE FROM app.media WHERE sha256 IN (SELECT m.sha256 FROM app.media m
        WHERE m.uploaded_at < now() - ${WAITS}::interval AND NOT ${isShown} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED) RETURNING sha256`)
    for (const { sha256 } of gone)
      for (const width of widths)
        for (const format of formats) await rm(fileOf(env.dataDir, sha256, width, format), { force: true })
    return gone.length
  })
}
