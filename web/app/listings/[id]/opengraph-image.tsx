import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { api } from '@/lib/api'
import { tokenOf } from '@/lib/chain-tokens'
import { cardSize, socialCard } from '@/lib/social-card'
import { formatOf } from '@/lib/use-format'

export const alt = 'Fairhold'
export const size = cardSize
export const contentType = 'image/png'

const ID = /^0x[0-9a-fA-F]{64}$/

export default async function Image({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const [listing, config, t] = await Promise.all([
    ID.test(id) ? api.listings.get(id) : null,
    api.meta.config(),
    getTranslations('site'),
  ])
  if (!listing) notFound()
  const token = tokenOf(config, listing.token)
  return socialCard({
    title: listing.title,
    ...(token ? { figure: formatOf(await getLocale(), undefined).money(BigInt(listing.price), token) } : {}),
    line: t('footer.motto'),
    photo: listing.photos[0],
  })
}
