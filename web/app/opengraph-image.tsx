import { getTranslations } from 'next-intl/server'
import { cardSize, socialCard } from '@/lib/social-card'

export const alt = 'Fairhold'
export const size = cardSize
export const contentType = 'image/png'

export default async function Image() {
  const t = await getTranslations('site')
  return socialCard({ title: t('title'), line: t('footer.motto') })
}
