import { SearchX, ShieldCheck } from 'lucide-react'
import { CategoryChips } from '@/features/listings/category-chips'
import { marketCopy as copy } from '@/features/listings/copy'
import { hrefOf, readFilters, searchFrom } from '@/features/listings/filters'
import { ListingCard } from '@/features/listings/listing-card'
import { MarketLive } from '@/features/listings/market-live'
import { SearchForm } from '@/features/listings/search-form'
import { loadRates } from '@/features/rates/load'
import { api } from '@/lib/api'
import { tokensOf } from '@/lib/chain-tokens'
import { ButtonLink } from '@/ui/button'
import { EmptyState } from '@/ui/empty-state'

export default async function MarketPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const config = await api.meta.config()
  const tokens = tokensOf(config)
  const filters = readFilters(await searchParams, tokens)
  const search = searchFrom(filters, tokens)
  const [page, facets, rates] = await Promise.all([
    api.listings.search(search),
    api.listings.facets({ ...search, cursor: undefined }),
    loadRates(),
  ])
  const filtered = hrefOf(filters, {}) !== '/'
  return (
    <main id="main" className="mx-auto flex w-full max-w-6xl flex-col gap-6 px-4 py-8 sm:px-6">
      <section className="rounded-3xl bg-primary-soft px-6 py-8 sm:px-10 sm:py-10">
        <h1 className="font-semibold text-3xl tracking-tight sm:text-4xl">{copy.title}</h1>
        <p className="mt-2 max-w-2xl text-lg text-muted leading-relaxed">{copy.lead}</p>
        <ol className="mt-5 flex flex-wrap gap-x-6 gap-y-2 font-medium text-sm">
          {copy.points.map((point, index) => (
            <li key={point} className="flex items-center gap-2">
              <span className="grid size-6 place-items-center rounded-full bg-primary text-on-primary text-xs">{index + 1}</span>
              {point}
            </li>
          ))}
        </ol>
      </section>
      <SearchForm key={hrefOf(filters, {})} filters={filters} tokens={tokens} />
      <CategoryChips filters={filters} facets={facets} />
      <MarketLive />
      <section aria-label="Listings">
        <h2 className="mb-4 font-semibold text-lg">
          {facets.total} {facets.total === 1 ? 'listing' : 'listings'}
          {filters.q && <> for “{filters.q}”</>}
        </h2>
        {page.items.length === 0 ? (
          <EmptyState
            icon={filtered ? <SearchX aria-hidden="true" /> : <ShieldCheck aria-hidden="true" />}
            title={filtered ? copy.none.title : copy.empty.title}
            action={
              filtered ? <ButtonLink href="/">{copy.clear}</ButtonLink> : <ButtonLink href="/sell">Sell something</ButtonLink>
            }
          >
            {filtered ? copy.none.text : copy.empty.text}
          </EmptyState>
        ) : (
          <div className="grid gap-5 sm:grid-cols-2 lg:grid-cols-4">
            {page.items.map((listing, index) => (
              <ListingCard key={listing.id} listing={listing} config={config} rates={rates} eager={index < 4} />
            ))}
          </div>
        )}
      </section>
      <div className="flex justify-center gap-3">
        {filters.cursor && (
          <ButtonLink variant="ghost" href={hrefOf(filters, {})}>
            {copy.first}
          </ButtonLink>
        )}
        {page.nextCursor && (
          <ButtonLink variant="secondary" href={hrefOf(filters, { cursor: page.nextCursor })}>
            {copy.more}
          </ButtonLink>
        )}
      </div>
    </main>
  )
}
