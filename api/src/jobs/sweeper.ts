import type { Context } from '../context.ts'
import { sweepPhotos } from '../listings/unused-photos.ts'
import type { Job } from './loop.ts'

const HOUR_MS = 3_600_000

/** Forgets what nobody can use any more: nonces, challenges, sessions, keys, tokens, what the OAuth provider kept, and pictures. */
export function sweepJob(context: Context, now: () => number): Job<string> {
  const { db } = context
  let next = 0
  return {
    name: 'sweep',
    due: async () => (now() < next ? [] : ['app']),
    idOf: (what) => what,
    work: async () => {
      next = now() + HOUR_MS
      await db.$executeRaw`DELETE FROM app.login_nonce WHERE expires_at < now() - interval '1 day'`
      await db.$executeRaw`DELETE FROM app.passkey_challenge WHERE expires_at < now() - interval '1 day'`
      await db.$executeRaw`DELETE FROM app.totp WHERE confirmed_at IS NULL AND created_at < now() - interval '1 day'`
      await db.$executeRaw`DELETE FROM app.factor_try WHERE tried_at < now() - interval '90 days'`
      await db.$executeRaw`DELETE FROM app.session WHERE expires_at < now() - interval '30 days'`
      await db.$executeRaw`DELETE FROM app.rate_limit WHERE resets_at < now()`
      await db.$executeRaw`DELETE FROM app.known_device WHERE seen_at < now() - interval '180 days'`
      await db.$executeRaw`DELETE FROM app.idempotency WHERE created_at < now() - interval '2 days'`
      await db.$executeRaw`DELETE FROM app.oauth_item WHERE expires_at < now() - interval '1 day'`
      await db.$executeRaw`DELETE FROM app.api_key WHERE expires_at < now() - interval '30 days'`
      await db.$executeRaw`DELETE FROM app.listing_event WHERE at < now() - interval '7 days' AND matched_at IS NOT NULL`
      await db.$executeRaw`DELETE FROM app.used_token WHERE expires_at < now()`
      await sweepPhotos(context)
    },
  }
}
