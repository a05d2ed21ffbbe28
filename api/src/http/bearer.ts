import { keyBearer } from '../api-keys/keys.ts'
import type { Context } from '../context.ts'
import { resolveAccessToken } from '../did/tokens.ts'
import { oauthBearer } from '../oauth/resolver.ts'
import type { Account } from './auth.ts'

/** Who a token stands for: undefined if it is of another kind, null if it is of this kind and not good. */
export type BearerResolver = (context: Context, token: string) => Promise<Account | null | undefined>

const MAX_TOKEN = 8_192
/** The last one takes what no other does: access tokens of OAuth have no mark of their own. */
const resolvers: readonly BearerResolver[] = [keyBearer, resolveAccessToken, oauthBearer]

/** Finds out for whom a program acts, from its Authorization header. Null for a token that is unknown, over or revoked. */
export async function accountOfBearer(context: Context, header: string): Promise<Account | null> {
  const [scheme, token, ...rest] = header.split(' ')
  if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0 || token.length > MAX_TOKEN) return null
  for (const resolve of resolvers) {
    const account = await resolve(context, token)
    if (account !== undefined) return account
  }
  return null
}
