import { api } from './api'

/** A sitemap may hold 50,000 addresses; smaller ones are quicker to make and to fetch. */
const CHUNK = 5_000
const PAGE = 60 // the most that the API gives at once
const FRESH_MS = 60 * 60 * 1000
const FIRST_WAIT_MS = 3_000 // whoever asks first is not kept waiting for a walk over a million listings

interface Walk {
  startedAt: number
  /** Ids of listings, in the order in which the API gives them. */
  ids: string[]
  done: Promise<void>
}

let current: Walk | undefined
let last: Walk | undefined

/** Every listing that can be bought, found by walking the API's cursor to its end, newest first. */
function startWalk(): Walk {
  const walk: Walk = { startedAt: Date.now(), ids: [], done: Promise.resolve() }
  const run = async () => {
    let cursor: string | undefined
    do {
      const page = await api.listings.search({ sort: 'newest', limit: PAGE, ...(cursor ? { cursor } : {}) })
      walk.ids.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    last = walk
  }
  walk.done = run()
    .catch(() => undefined) // what was found until then is told; the next walk may get further
    .finally(() => {
      if (current === walk) current = undefined
    })
  return walk
}

/** Ids of what is for sale: of the last whole walk while it is fresh, else of the one under way as far as it is. */
async function listingIds(): Promise<readonly string[]> {
  if (last && Date.now() - last.startedAt < FRESH_MS) return last.ids
  current ??= startWalk()
  if (last) return last.ids // a little old, and whole
  await Promise.race([current.done, new Promise((resolve) => setTimeout(resolve, FIRST_WAIT_MS))])
  return (last ?? current)?.ids ?? []
}

/** How many chunks of listings there are. */
export async function chunkCount(): Promise<number> {
  return Math.ceil((await listingIds()).length / CHUNK)
}

/** The ids in one chunk, counted from 0; none beyond the last. */
export async function chunkOf(index: number): Promise<readonly string[]> {
  return (await listingIds()).slice(index * CHUNK, (index + 1) * CHUNK)
}

/** A sitemap, or with `sitemapindex` and `sitemap` a list of them. */
export function sitemapXml(root: 'urlset' | 'sitemapindex', item: 'url' | 'sitemap', addresses: readonly string[]): Response {
  const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
  const rows = addresses.map((address) => `<${item}><loc>${escaped(address)}</loc></${item}>`)
  const xmlns = 'http://www.sitemaps.org/schemas/sitemap/0.9'
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${xmlns}">\n${rows.join('\n')}\n</${root}>\n`
  return new Response(body, {
    headers: { 'content-type': 'application/xml; charset=utf-8', 'cache-control': 'public, max-age=3600' },
  })
}
