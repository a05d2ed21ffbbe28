import type Provider from 'oidc-provider'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { personOf } from './person.ts'

type SessionModel = Provider['Session']
type ProviderSession = InstanceType<SessionModel>

/**
 * Makes the provider's session a shadow of the market's: signed in while the person is signed in to the market, as that person,
 * and since then. Signing out, or in as somebody else, leaves nothing of the one before.
 */
export function shadowSessions(provider: Provider): void {
  const { Session } = provider
  const get = Session.get.bind(Session)
  Session.get = async (ctx) => {
    const found = await get(ctx)
    const person = personOf(ctx.req)
    const session = found.accountId !== undefined && found.accountId !== person?.subject ? await replace(ctx, found) : found
    if (!person) return session
    const { subject: accountId, authTime: loginTs, acr } = person
    session.loginAccount({ accountId, loginTs, acr, transient: true })
    Object.defineProperty(session, 'touched', { writable: true, configurable: true, value: true }) // so that it is kept
    return session
  }

  async function replace(ctx: Parameters<SessionModel['get']>[0], old: ProviderSession): Promise<ProviderSession> {
    await old.destroy()
    // Given an empty payload it is no "new" session: its cookie takes the place of the old one's, whether or not it is used.
    const session: ProviderSession = Reflect.construct(Session, [{}])
    ;(ctx as KoaContextWithOIDC).oidc?.entity('Session', session)
    return session
  }
}
