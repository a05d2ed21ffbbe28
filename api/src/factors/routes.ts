import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { requireSession } from '../http/auth.ts'
import { sessionShape } from '../identity/contract.ts'
import { confirmApp, enrolApp, removeApp } from './authenticator-app.ts'
import {
  codeShape,
  creationOptionsShape,
  credentialIdShape,
  enrolmentShape,
  factorsShape,
  newPasskeyShape,
  passkeyRenameShape,
  recoveryCodesShape,
} from './contract.ts'
import { listFactors } from './factors.ts'
import { addPasskey, creationOptions, removePasskey, renamePasskey } from './passkeys.ts'
import { makeRecoveryCodes } from './recovery-codes.ts'
import { createRenewal } from './renewal.ts'

const mine = { access: { who: 'user', data: 'own' } } as const
const sensitive = { access: { who: 'user', data: 'own', stepUp: true }, answersOnce: true } as const
const byId = z.object({ id: credentialIdShape })

/** The second factors of a person's account: to see, add, name and remove them. */
export function factorRoutes(app: FastifyInstance, context: Context): void {
  app
    .withTypeProvider<ZodTypeProvider>()
    .get(
      '/identity/factors',
      { config: mine, schema: { tags: ['identity'], summary: 'Your second factors', response: { 200: factorsShape } } },
      async (request) => listFactors(context, requireSession(request).id),
    )
  passkeyRoutes(app, context)
  appRoutes(app, context)
}

function passkeyRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const renew = createRenewal(context)

  routes.post(
    '/identity/factors/passkeys/options',
    {
      config: sensitive,
      schema: {
        tags: ['identity'],
        summary: 'What a browser needs to make a passkey (WebAuthn)',
        response: { 200: creationOptionsShape },
      },
    },
    async (request) => creationOptions(context, requireSession(request)),
  )

  routes.post(
    '/identity/factors/passkeys',
    {
      config: sensitive,
      schema: {
        tags: ['identity'],
        summary: 'Add a passkey',
        description: 'Takes what the browser made of the options. From then on a wallet alone proves nothing.',
        body: newPasskeyShape,
        response: { 201: sessionShape },
      },
    },
    async (request, reply) => {
      const account = requireSession(request)
      await addPasskey(context, account, request.body)
      return reply.code(201).send(await renew(request, reply, 'passkey'))
    },
  )

  routes.put(
    '/identity/factors/passkeys/:id',
    {
      config: mine,
      schema: {
        tags: ['identity'],
        summary: 'Give a passkey another name',
        params: byId,
        body: passkeyRenameShape,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await renamePasskey(context, requireSession(request), request.params.id, request.body.name)
      return reply.code(204).send(null)
    },
  )

  routes.delete(
    '/identity/factors/passkeys/:id',
    {
      config: sensitive,
      schema: { tags: ['identity'], summary: 'Remove a passkey', params: byId, response: { 200: sessionShape } },
    },
    async (request, reply) => {
      await removePasskey(context, requireSession(request), request.params.id)
      return renew(request, reply, null)
    },
  )
}

function appRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const renew = createRenewal(context)

  routes.post(
    '/identity/factors/app',
    {
      config: sensitive,
      schema: {
        tags: ['identity'],
        summary: 'Ask for the secret of an authenticator app (TOTP, RFC 6238)',
        description: 'It is shown once, and guards nothing until a code of the app has confirmed it, within 15 minutes.',
        response: { 200: enrolmentShape },
      },
    },
    async (request) => enrolApp(context, requireSession(request)),
  )

  routes.post(
    '/identity/factors/app/confirmation',
    {
      config: sensitive,
      schema: {
        tags: ['identity'],
        summary: 'Add the authenticator app',
        description: 'Takes the code that it shows. From then on a wallet alone proves nothing.',
        body: codeShape,
        response: { 201: sessionShape },
      },
    },
    async (request, reply) => {
      await confirmApp(context, requireSession(request), request.body.code)
      return reply.code(201).send(await renew(request, reply, 'totp'))
    },
  )

  routes.delete(
    '/identity/factors/app',
    {
      config: sensitive,
      schema: { tags: ['identity'], summary: 'Remove the authenticator app', response: { 200: sessionShape } },
    },
    async (request, reply) => {
      await removeApp(context, requireSession(request))
      return renew(request, reply, null)
    },
  )

  routes.post(
    '/identity/factors/recovery-codes',
    {
      config: sensitive,
      schema: {
        tags: ['identity'],
        summary: 'Get ten new recovery codes',
        description: 'They are shown once. Those from before are void.',
        response: { 200: recoveryCodesShape },
      },
    },
    async (request) => ({ codes: await makeRecoveryCodes(context, requireSession(request)) }),
  )
}
