import { randomBytes, randomUUID } from 'node:crypto'
import { ask, Prisma } from '@fairhold/db/client'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import type { Challenge, Purpose, StatementLanguage } from './contract.ts'
import { sha256 } from './sessions.ts'
import { statementOf } from './statements.ts'

const NONCE_MS = 5 * 60 * 1000

/** What a nonce was given out for. */
export interface Spent {
  purpose: Purpose
  requestId: string
  accountId: string | null
}

export interface NonceOptions {
  browser: string
  purpose: Purpose
  account: Account | null
  language: StatementLanguage
}

/**
 * A nonce for one signature: good for five minutes, in this browser, for this purpose, and for this account if somebody is
 * signed in. `statement` is what the wallet shows, in the language that was asked for.
 */
export async function issueNonce(context: Context, { browser, purpose, account, language }: NonceOptions): Promise<Challenge> {
  const [nonce, requestId] = [randomBytes(16).toString('hex'), randomUUID()]
  const expiresAt = new Date(Date.now() + NONCE_MS)
  const accountId = purpose === 'sign-in' ? null : (account?.id ?? null)
  const sql = Prisma.sql`
    INSERT INTO app.login_nonce (nonce_hash, browser_hash, expires_at, purpose, request_id, account_id)
    VALUES (${sha256(nonce)}, ${sha256(browser)}, ${expiresAt}, ${purpose}, ${requestId}, ${accountId}::uuid)`
  await ask(context.pool, 'issue nonce', sql)
  return { nonce, requestId, statement: statementOf(context, { purpose, account }, language) }
}

interface NonceRow {
  browser_hash: string
  purpose: Purpose
  request_id: string
  account_id: string | null
}

/** Uses a nonce up, in one statement, so that of two tries at once only one finds it. A try with it burns it, good or bad. */
export async function spendNonce({ pool }: Context, nonce: string, browser: string): Promise<Spent | null> {
  const sql = Prisma.sql`
    UPDATE app.login_nonce SET used_at = now()
    WHERE nonce_hash = ${sha256(nonce)} AND used_at IS NULL AND expires_at > now()
    RETURNING browser_hash, purpose, request_id, account_id::text`
  const [row] = await ask<NonceRow>(pool, 'spend nonce', sql)
  if (!row || row.browser_hash !== sha256(browser)) return null
  return { purpose: row.purpose, requestId: row.request_id, accountId: row.account_id }
}
