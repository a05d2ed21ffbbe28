import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Context } from '../context.ts'
import { requireSession } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'
import { sessionShape } from '../identity/contract.ts'
import { useAppCode } from './authenticator-app.ts'
import { assertionShape, codeShape, recoveryCodeShape, requestOptionsShape } from './contract.ts'
import { requestOptions } from './passkeys.ts'
import { useRecoveryCode } from './recovery-codes.ts'
import { createRenewal } from './renewal.ts'
import { beginTry, endTry } from './tries.ts'
import { verifyPasskey } from './webauthn.ts'

const proving = {
  rateLimit: { max: 60, timeWindow: '1 minute' },
  access: { who: 'user', data: 'own' },
  answersOnce: true,
} as const

/** Proving with a second factor who one is: enough for ten minutes of sensitive things, with a new token for the session. */
export function proofRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const renew = createRenewal(context)

  routes.post(
    '/identity/proof/passkey/options',
    {
      config: proving,
      schema: {
        tags: ['identity'],
        summary: 'What a browser needs to use one of your passkeys (WebAuthn)',
        response: { 200: requestOptionsShape },
      },
    },
    async (request) => requestOptions(context, requireSession(request)),
  )

  routes.post(
    '/identity/proof/passkey',
    {
      config: proving,
      schema: {
        tags: ['identity'],
        summary: 'Prove with a passkey who you are',
        body: assertionShape,
        response: { 200: sessionShape },
      },
    },
    async (request, reply) => {
      await verifyPasskey(context, requireSession(request), request.body.response)
      return renew(request, reply, 'passkey')
    },
  )

  routes.post(
    '/identity/proof/totp',
    {
      config: proving,
      schema: {
        tags: ['identity'],
        summary: 'Prove with the code of your authenticator app who you are',
        description: 'Each code is good once. After five wrong ones you wait, longer each time.',
        body: codeShape,
        response: { 200: sessionShape },
      },
    },
    async (request, reply) => {
      await tryCode(request, reply, 'totp', (accountId) => useAppCode(context, accountId, request.body.code))
      return renew(request, reply, 'totp')
    },
  )

  routes.post(
    '/identity/proof/recovery',
    {
      config: proving,
      schema: {
        tags: ['identity'],
        summary: 'Prove with a recovery code who you are',
        description: 'Each code is good once.',
        body: recoveryCodeShape,
        response: { 200: sessionShape },
      },
    },
    async (request, reply) => {
      await tryCode(request, reply, 'recovery', (accountId) => useRecoveryCode(context, accountId, request.body.code))
      return renew(request, reply, 'recovery')
    },
  )

  async function tryCode(
    request: FastifyRequest,
    reply: FastifyReply,
    kind: 'totp' | 'recovery',
    isRight: (accountId: string) => Promise<boolean>,
  ): Promise<void> {
    const { id: accountId } = requireSession(request)
    const { scope, wait } = await beginTry(context, { accountId, ip: request.ip }, kind)
    if (scope === null) {
      reply.header('retry-after', wait)
      throw new AppError('TOO_MANY_TRIES', `The next code can be tried in ${wait} seconds.`)
    }
    if (!(await isRight(accountId))) throw new AppError('PROOF_REFUSED', 'The code is wrong, or was used before.')
    await endTry(context, accountId, scope)
  }
}
