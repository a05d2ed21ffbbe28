import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { type Access, type Account, isArbiter } from './auth.ts'
import { AppError } from './errors.ts'

/** How long a proof of who one is lasts, in milliseconds. */
export const PROOF_MS = 10 * 60 * 1000

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route with who may call it, in the order of registration. */
    accessTable: { method: string; url: string; access: Access }[]
  }
}

/** Every route says who may call it; an app with one that does not is not started. To be registered after sign-in is known. */
export function registerAccess(app: FastifyInstance, context: Context): void {
  const table: FastifyInstance['accessTable'] = []
  app.decorate('accessTable', table)
  app.addHook('onRoute', ({ method, url, config }) => {
    if (!config?.access) throw new Error(`${method} ${url} does not say who may call it`)
    for (const one of [method].flat()) if (one !== 'HEAD') table.push({ method: one, url, access: config.access })
  })
  app.addHook('onRequest', async (request) => {
    const { access } = request.routeOptions.config
    if (!access || request.is404) return
    if (access.who !== 'anyone') await requireWho(context, request, access)
    if (request.account) requireScope(request.account, access)
    if (access.stepUp) requireProof(request.account, access)
  })
}

async function requireWho(context: Context, { account }: FastifyRequest, { who }: Access): Promise<void> {
  if (!account) throw new AppError('NOT_SIGNED_IN', 'This needs a signed-in account.')
  const has =
    who === 'arbiter'
      ? await isArbiter(context, account)
      : who === 'moderator'
        ? account.roles.length > 0
        : who !== 'admin' || account.roles.includes('admin')
  if (!has) throw new AppError('FORBIDDEN', `This is for the market's ${who}s.`)
}

/** A program that acts for a person may do what the person allowed it, and read what everybody may. */
function requireScope({ scopes }: Account, { who, scope }: Access): void {
  if (scopes === 'all' || (who === 'anyone' && scope === undefined)) return
  if (scope === undefined)
    throw new AppError('SCOPE_MISSING', 'This can be done only by the person, signed in to the marketplace.')
  if (!scopes.includes(scope)) throw new AppError('SCOPE_MISSING', `The token was not given the scope ${scope}.`)
}

/** For what staff do a wallet is not enough: theirs could be stolen like anybody's, and they can harm others. */
function requireProof(account: Account | null, { who }: Access): void {
  if ((who === 'moderator' || who === 'admin') && account?.session && !account.session.hasFactor)
    throw new AppError('SECOND_FACTOR_MISSING', 'Staff do this with a second factor, and your account has none.')
  const provedAt = account?.session?.provedAt
  if (!provedAt || Date.now() - provedAt.getTime() > PROOF_MS)
    throw new AppError('STEP_UP_NEEDED', 'For this, prove once more that it is you. That lasts for ten minutes.')
}
