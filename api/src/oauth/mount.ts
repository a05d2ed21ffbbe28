import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type Provider from 'oidc-provider'
import type { Context } from '../context.ts'
import { AppError } from '../http/errors.ts'
import { personOfAccount, rememberPerson } from './person.ts'
import { issuerOf } from './provider.ts'

/** Of the person: their session counts. */
const byPerson = { access: { who: 'anyone', data: 'own' } } as const
/** Of programs, which show who they are in the ways of OAuth: the provider looks at that, and cookies count for nothing. */
const byProgram = { ...byPerson, ownAuth: true } as const
/** What apps read to find the rest. */
const forAll = { access: { who: 'anyone', data: 'public' }, ownAuth: true } as const

/** Hands the routes of OAuth and OpenID Connect over to the provider. */
export async function mountProvider(app: FastifyInstance, context: Context, provider: Provider): Promise<void> {
  const { host, protocol } = new URL(issuerOf(context))
  const callback = provider.callback()

  const handOver = async (request: FastifyRequest, reply: FastifyReply) => {
    const { raw } = request
    // What the provider writes into addresses is what we are called, whatever the request says.
    Object.assign(raw.headers, { 'x-forwarded-host': host, 'x-forwarded-proto': protocol.slice(0, -1) })
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) reply.raw.setHeader(name, value)
    reply.raw.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
    reply.raw.setHeader('x-frame-options', 'DENY')
    reply.hijack()
    await callback(raw, reply.raw)
  }

  const authorize = async (request: FastifyRequest, reply: FastifyReply) => {
    rememberPerson(request.raw, await personOfAccount(context, request.account))
    await handOver(request, reply)
  }

  /**
   * Back from the consent page. The address and the signed cookie must name the same request, and what was decided counts only
   * while who decided it is signed in.
   */
  const resume = async (request: FastifyRequest<{ Params: { uid: string } }>, reply: FastifyReply) => {
    const { uid } = request.params
    const { cookies } = provider.createContext(request.raw, reply.raw)
    const held = cookies.get(provider.cookieName('resume'), { signed: true })
    const interaction = held === uid ? await provider.Interaction.find(uid) : undefined
    const person = await personOfAccount(context, request.account)
    const decidedBy = interaction?.result?.login?.accountId
    if (!interaction || (decidedBy !== undefined && decidedBy !== person?.subject)) return expired(request, reply)
    rememberPerson(request.raw, person)
    await handOver(request, reply)
  }

  await app.register(async (oauth) => {
    oauth.removeAllContentTypeParsers()
    oauth.addContentTypeParser('*', (_request, _body, done) => done(null)) // the provider reads bodies, to 56 KiB
    const schema = { hide: true }
    oauth.get('/oauth/auth', { config: byPerson, schema }, authorize)
    oauth.get<{ Params: { uid: string } }>('/oauth/auth/:uid', { config: byPerson, schema }, resume)
    for (const url of ['/oauth/jwks', '/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'])
      oauth.route({ method: ['GET', 'OPTIONS'], url, config: forAll, schema, handler: handOver })
    for (const url of ['/oauth/token', '/oauth/revoke', '/oauth/introspect'])
      oauth.route({ method: ['POST', 'OPTIONS'], url, config: byProgram, schema, handler: handOver })
    oauth.route({ method: ['GET', 'POST', 'OPTIONS'], url: '/oauth/userinfo', config: byProgram, schema, handler: handOver })
  })
}

/** A person is told on a page, a program in JSON. */
function expired(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (request.headers.accept?.includes('text/html')) return reply.redirect('/oauth/problem?why=expired', 303)
  throw new AppError('NOT_FOUND', 'This request of an app has expired, or was made in another browser.')
}
