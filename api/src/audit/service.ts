import type { Context } from '../context.ts'
import { AppError } from '../http/errors.ts'
import { decodeCursor, pageFrom } from '../http/paging.ts'
import type { ActivityItem, ActivityPage, ActivityQuery, AuditItem, AuditPage, AuditQuery, AuditState } from './contract.ts'
import { FIRST_PREV } from './entry.ts'
import { type EntryRow, entriesAbout, entriesOf, headOf, lastAnchorOf, waitingOf } from './queries.ts'

const cursorOf = ({ id, at }: EntryRow) => ({ key: String(at.getTime()), id })
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The log for those who run the market, newest first. */
export async function listAudit(context: Context, { cursor, limit, ...filter }: AuditQuery): Promise<AuditPage> {
  const rows = await entriesOf(context, { ...filter, before: lastIdOf(cursor), limit: limit + 1 })
  return pageFrom(rows, limit, { cursorOf, toItem })
}

/** How far the log is sealed and anchored. */
export async function auditState(context: Context): Promise<AuditState> {
  const { log, logId } = context.auditor
  const [head, { waiting, since }, anchor] = await Promise.all([
    headOf(context.db, log),
    waitingOf(context),
    lastAnchorOf(context),
  ])
  return {
    ...{ log, logId, size: head?.size ?? 0, head: head?.hash ?? FIRST_PREV },
    ...{ waiting, waitingSince: since?.toISOString() ?? null },
    anchor: anchor && { size: anchor.size, block: anchor.blockNumber, tx: anchor.txHash, at: anchor.anchoredAt.toISOString() },
  }
}

/** What a person did, and what was done to their account, newest first. */
export async function listActivity(context: Context, account: string, { cursor, limit }: ActivityQuery): Promise<ActivityPage> {
  const rows = await entriesAbout(context, { account, before: lastIdOf(cursor), limit: limit + 1 })
  const toActivity = ({ id, at, kind, actor, details }: EntryRow): ActivityItem => {
    const by = actor === account ? 'you' : actor === 'system' ? 'system' : 'staff'
    return { id, at: at.toISOString(), kind, by, details }
  }
  return pageFrom(rows, limit, { cursorOf, toItem: toActivity })
}

function toItem({ at, seq, ...row }: EntryRow): AuditItem {
  return { ...row, at: at.toISOString(), seq: seq === null ? null : Number(seq) }
}

/** @throws AppError BAD_CURSOR, too, for the cursor of another list: its ids are of another kind */
function lastIdOf(text: string | undefined): string | null {
  const cursor = decodeCursor(text)
  if (cursor && !UUID.test(cursor.id)) throw new AppError('BAD_CURSOR', 'The cursor is not one that a page of this list gave.')
  return cursor?.id ?? null
}
