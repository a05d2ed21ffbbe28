import type { Cart, Changes, Guest } from '@fairhold/api/contract/cart'
import { call } from './client'

/** What somebody has put into the cart, on all of their devices. */
export const cart = {
  get: () => call<Cart>('/cart'),
  change: (lines: Changes['lines']) => call<Cart>('/cart/lines', { method: 'PUT', body: { lines } }),
  takeGuest: (lines: Guest['lines']) => call<Cart>('/cart/guest', { method: 'POST', body: { lines } }),
}
