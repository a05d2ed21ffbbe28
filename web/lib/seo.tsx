import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { getLocale } from 'next-intl/server'

/**
 * Where this site is, as others write it: `PUBLIC_ORIGIN` (its first entry), or what the visitor asked for. Never what a visitor
 * claims where the operator has said it.
 */
export async function siteOrigin(): Promise<string> {
  const [configured] = (process.env.PUBLIC_ORIGIN ?? '').split(',')
  if (configured) return new URL(configured.trim()).origin
  const asked = await headers()
  return `${asked.get('x-forwarded-proto') ?? 'http'}://${asked.get('host') ?? 'localhost'}`
}

const MAX_DESCRIPTION = 160 // longer ones are cut by whoever shows them

/** Text in one line, cut at a word. */
export function inBrief(text: string, max = MAX_DESCRIPTION): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= max) return line
  const cut = line.slice(0, max - 1)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), max / 2)).trimEnd()}…`
}

interface PageFacts {
  title: string
  description: string
  /** The one address of the page: what follows is left out of search engines' lists. */
  path: string
  type?: 'website' | 'article' | 'profile'
}

/** What search engines and the cards of social networks are told of a page. Images come from `opengraph-image.tsx` beside it. */
export async function pageMetadata({ title, description, path, type = 'website' }: PageFacts): Promise<Metadata> {
  const brief = inBrief(description)
  const locale = (await getLocale()) === 'de' ? 'de_DE' : 'en_GB'
  return {
    title,
    description: brief,
    alternates: { canonical: path },
    openGraph: { title, description: brief, url: path, siteName: 'Fairhold', type, locale },
    twitter: { card: 'summary_large_image', title, description: brief },
  }
}

/** For pages that only their owner has a use for. */
export const notListed: Metadata['robots'] = { index: false, follow: false }

/** Structured data (schema.org) in the page. What stands in it cannot end the element early. */
export function JsonLd({ data }: { data: object }) {
  const json = JSON.stringify(data).replace(/</g, '\\u003c')
  // biome-ignore lint/security/noDangerouslySetInnerHtml: data and no script, with no `<` left in it
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: json }} />
}

/** The market itself, with how to search it. */
export const siteData = (origin: string, description: string): object => ({
  '@context': 'https://schema.org',
  '@type': 'WebSite',
  name: 'Fairhold',
  url: origin,
  description,
  potentialAction: {
    '@type': 'SearchAction',
    target: { '@type': 'EntryPoint', urlTemplate: `${origin}/?q={search_term_string}` },
    'query-input': 'required name=search_term_string',
  },
})

interface ProductFacts {
  origin: string
  path: string
  name: string
  description: string
  /** Addresses of its photos on this site. */
  images: readonly string[]
  brand?: string
  isNew: boolean
  available: boolean
  /** A plain decimal number, and the token's symbol: schema.org takes tickers of coins where ISO 4217 has none. */
  price: string
  currency: string
  expiresAt?: string
  seller: { name: string; path: string; rating: { average: number | null; count: number } }
}

/** A listing as search engines understand it. */
export function productData(facts: ProductFacts): object {
  const { origin, seller } = facts
  const rating = seller.rating.average !== null &&
    seller.rating.count > 0 && {
      aggregateRating: { '@type': 'AggregateRating', ratingValue: seller.rating.average, reviewCount: seller.rating.count },
    }
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: facts.name,
    description: inBrief(facts.description, 5_000),
    image: facts.images.map((image) => `${origin}${image}`),
    ...(facts.brand ? { brand: { '@type': 'Brand', name: facts.brand } } : {}),
    offers: {
      '@type': 'Offer',
      url: `${origin}${facts.path}`,
      price: facts.price,
      priceCurrency: facts.currency,
      availability: `https://schema.org/${facts.available ? 'InStock' : 'SoldOut'}`,
      itemCondition: `https://schema.org/${facts.isNew ? 'NewCondition' : 'UsedCondition'}`,
      ...(facts.expiresAt ? { priceValidUntil: facts.expiresAt } : {}),
      seller: { '@type': 'Person', name: seller.name, url: `${origin}${seller.path}`, ...rating },
    },
  }
}

/** Where a page stands in the site. */
export const breadcrumbData = (origin: string, steps: readonly { name: string; path: string }[]): object => ({
  '@context': 'https://schema.org',
  '@type': 'BreadcrumbList',
  itemListElement: steps.map(({ name, path }, index) => ({
    '@type': 'ListItem',
    position: index + 1,
    name,
    item: `${origin}${path}`,
  })),
})
