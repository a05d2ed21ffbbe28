import { siteOrigin } from '@/lib/seo'
import { chunkOf, sitemapXml } from '@/lib/sitemap'

const PAGES = ['/', '/how-it-works']

export async function GET(_: Request, { params }: { params: Promise<{ chunk: string }> }): Promise<Response> {
  const { chunk } = await params
  const origin = await siteOrigin()
  if (chunk === 'pages')
    return sitemapXml(
      'urlset',
      'url',
      PAGES.map((path) => `${origin}${path}`),
    )
  const ids = /^\d{1,6}$/.test(chunk) ? await chunkOf(Number(chunk)) : []
  if (ids.length === 0) return new Response(null, { status: 404 })
  return sitemapXml(
    'urlset',
    'url',
    ids.map((id) => `${origin}/listings/${id}`),
  )
}
