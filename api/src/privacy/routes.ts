import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { audit } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { requireSession } from '../http/auth.ts'
import { createCookies } from '../identity/cookies.ts'
import { confirmationShape, deletionShape } from './contract.ts'
import { eraseAccount, previewDeletion } from './erase-account.ts'
import { exportAccount } from './export-account.ts'

const sensitive = { access: { who: 'user', data: 'own', stepUp: true } } as const
const FEW = { rateLimit: { max: 10, timeWindow: '10 minutes' } }

/** What a person may do with all that is held on them: take it along, and have it erased. */
export function privacyRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const cookies = createCookies(context)

  routes.get(
    '/identity/export',
    {
      config: { ...sensitive, ...FEW },
      schema: { tags: ['identity'], summary: 'All that is held on your account, as a ZIP', produces: ['application/zip'] },
    },
    async (request, reply) => {
      const now = new Date()
      const name = `fairhold-your-data-${now.toISOString().slice(0, 10)}.zip`
      reply
        .type('application/zip')
        .header('content-disposition', `attachment; filename="${name}"`)
        .header('cache-control', 'no-store')
      const account = requireSession(request)
      const zip = await exportAccount(context, account, now)
      await audit(context, { kind: 'account.exported', actor: account.id })
      return reply.send(zip)
    },
  )

  routes.get(
    '/identity/account/deletion',
    {
      config: { access: { who: 'user', data: 'own' } },
      schema: { tags: ['identity'], summary: 'What deleting your account would meet', response: { 200: deletionShape } },
    },
    async (request) => previewDeletion(context, requireSession(request)),
  )

  routes.delete(
    '/identity/account',
    {
      config: { ...sensitive, ...FEW },
      schema: { tags: ['identity'], summary: 'Delete your account', body: confirmationShape, response: { 200: deletionShape } },
    },
    async (request, reply) => {
      const deletion = await eraseAccount(context, requireSession(request))
      cookies.clearSession(reply)
      return deletion
    },
  )
}
