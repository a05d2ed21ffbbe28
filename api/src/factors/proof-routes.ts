import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { audit, hiddenNetwork } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { requireSession } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'
import { sessionShape } from '../identity/contract.ts'
import type { Proof } from '../identity/sessions.ts'
import { useAppCode } from './authenticator-app.ts'
import { assertionShape, codeShape, recoveryCodeShape, requestOptionsShape } from './contract.ts'
import { requestOptions } from './passkeys.ts'
import { useRecoveryCode } from './recovery-codes.ts'
import { createRenewal } from './renewal.ts'
import { beginTry, endTry, giveBackTry } from './tries.ts'
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
      await told(request, 'passkey', () => verifyPasskey(context, requireSession(request), request.body.response))
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
      const isRight = (accountId: string) => useAppCode(context, accountId, request.body.code)
      await told(request, 'totp', () => tryCode(request, reply, 'totp', isRight))
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
      const isRight = (accountId: string) => useRecoveryCode(context, accountId, request.body.code)
      await told(request, 'recovery', () => tryCode(request, reply, 'recovery', isRight))
      return renew(request, reply, 'recovery')
    },
  )

  /** Says in the audit log how a proof went. What was not judged is not told: it could fill the log. */
  async function told(request: FastifyRequest, factor: Exclude<Proof, 'wallet'>, prove: () => Promise<void>): Promise<void> {
    const { id: actor, session } = requireSession(request)
    const details = { factor, session: session.id, network: hiddenNetwork(context, request.ip) }
    try {
      await prove()
    } catch (error) {
      if (error instanceof AppError && error.code === 'PROOF_REFUSED')
        await audit(context, { kind: 'factor.refused', actor, details })
      throw error
    }
    await audit(context, { kind: factor === 'recovery' ? 'factor.recovery-code-used' : 'factor.proved', actor, details })
  }

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
    const right = await isRight(accountId).catch(async (error) => {
      await giveBackTry(context, accountId, scope) // it was we who failed
      throw error
    })
    if (!right) throw new AppError('PROOF_REFUSED', 'The code is wrong, or was used before.')
    await endTry(context, accountId, scope)
  }
}
