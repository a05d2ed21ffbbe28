import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Context } from '../context.ts'
import { requireAccount } from '../http/auth.ts'
import { cartShape, changesShape, guestShape } from './contract.ts'
import { cartOf, changeCart, takeGuestCart } from './service.ts'

/** What somebody thinks of buying is for their own eyes: no app or key of others gets at it. */
const OWN = { access: { who: 'user', data: 'own' } } as const
const tags = ['cart']
const response = { 200: cartShape }

export function cartRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  routes.get('/cart', { config: OWN, schema: { tags, summary: 'What is in your cart', response } }, async (request) =>
    cartOf(context, requireAccount(request).id),
  )
  routes.put(
    '/cart/lines',
    { config: OWN, schema: { tags, summary: 'Set how many there are of some things', body: changesShape, response } },
    async (request) => changeCart(context, requireAccount(request).id, request.body),
  )
  routes.post(
    '/cart/guest',
    { config: OWN, schema: { tags, summary: 'Take in what was in the cart before you signed in', body: guestShape, response } },
    async (request) => takeGuestCart(context, requireAccount(request).id, request.body),
  )
}
