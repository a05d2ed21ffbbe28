import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type Provider from 'oidc-provider'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { requireSession } from '../http/auth.ts'
import { consentOf, decide, interactionOf } from './consent.ts'
import { consentShape, decidedShape, decisionShape } from './contract.ts'

const byUid = z.object({ uid: z.string().max(100) })
const tags = ['oauth']

/**
 * What the consent page asks and tells. Below the address of that page, as the cookie that binds a request to its browser is
 * sent there only, so that several can be open at once.
 */
export function consentRoutes(app: FastifyInstance, context: Context, provider: Provider): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()

  routes.get(
    '/oauth/:uid/request',
    {
      config: { access: { who: 'anyone', data: 'own' } },
      schema: { tags, summary: 'What an app asks for', params: byUid, response: { 200: consentShape } },
    },
    async (request, reply) => {
      const interaction = await interactionOf(provider, request, reply)
      return consentOf(context, interaction, request.account)
    },
  )

  routes.post(
    '/oauth/:uid/decision',
    {
      config: { access: { who: 'user', data: 'own' } },
      schema: {
        tags,
        summary: 'Allow an app what it asks for, or refuse',
        params: byUid,
        body: decisionShape,
        response: { 200: decidedShape },
      },
    },
    async (request, reply) => {
      const account = requireSession(request)
      const interaction = await interactionOf(provider, request, reply)
      if (request.body.allow) await consentOf(context, interaction, account) // the app may be gone by now
      return decide(context, provider, { interaction, account, allow: request.body.allow })
    },
  )
}
