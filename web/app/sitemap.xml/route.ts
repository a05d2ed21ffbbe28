import { siteOrigin } from '@/lib/seo'
import { chunkCount, sitemapXml } from '@/lib/sitemap'

/** The list of sitemaps: one of the pages that are always there, and one for each five thousand listings. */
export async function GET(): Promise<Response> {
  const [origin, count] = await Promise.all([siteOrigin(), chunkCount()])
  const listings = Array.from({ length: count }, (_, index) => `${origin}/sitemaps/${index}`)
  return sitemapXml('sitemapindex', 'sitemap', [`${origin}/sitemaps/pages`, ...listings])
}
