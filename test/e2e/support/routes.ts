import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { devAccounts } from '../../../protocol/src/dev-accounts.ts'

const APP = join(import.meta.dirname, '../../../web/app')

export interface Route {
  /** As in web/app: `/listings/[id]`. */
  pattern: string
  /** An address of it that exists in the demo market. */
  path: string
}

/** Addresses for the pages whose path has a part of its own, from what is in the market. */
async function examples(origin: string): Promise<Record<string, string>> {
  const ask = async (path: string) => (await (await fetch(`${origin}/v1${path}`)).json()) as { items: { id: string }[] }
  const buyer = devAccounts.find(({ role }) => role === 'buyer')
  assert.ok(buyer)
  const [listing] = (await ask('/listings?available=true&limit=1')).items
  const [deal] = (await ask(`/deals?account=${buyer.address.toLowerCase()}&role=buyer`)).items
  assert.ok(listing && deal, 'the demo market has a listing and a deal')
  return {
    '/listings/[id]': `/listings/${listing.id}`,
    '/listings/[id]/edit': `/listings/${listing.id}/edit`,
    '/checkout/[listingId]': `/checkout/${listing.id}`,
    '/deals/[id]': `/deals/${deal.id}`,
    '/people/[address]': `/people/${buyer.address}`,
    '/oauth/[uid]': '/oauth/nobody-asked-this',
  }
}

/**
 * Every page of the dApp, found in web/app so that none is forgotten.
 * @throws for a page with a part of its own in its path that has no example here.
 */
export async function everyRoute(origin: string): Promise<Route[]> {
  const known = await examples(origin)
  return globSync('**/page.tsx', { cwd: APP })
    .map(
      (file) =>
        `/${file
          .split('/')
          .slice(0, -1)
          .filter((part) => !/^\(.*\)$/.test(part))
          .join('/')}`,
    )
    .sort()
    .map((pattern) => {
      const path = pattern.includes('[') ? known[pattern] : pattern
      assert.ok(path, `say in ${import.meta.filename} how to open a page of ${pattern}`)
      return { pattern, path }
    })
}
