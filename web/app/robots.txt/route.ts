import { siteOrigin } from '@/lib/seo'

/** What only its owner has a use for, and what is no page. */
const PRIVATE = ['/settings', '/deals', '/cart', '/checkout', '/saved', '/seen', '/drafts', '/arbiter', '/oauth', '/kit', '/v1/']

export async function GET(): Promise<Response> {
  const lines = ['User-agent: *', ...PRIVATE.map((path) => `Disallow: ${path}`), 'Allow: /v1/media/', 'Allow: /']
  const body = [...lines, '', `Sitemap: ${await siteOrigin()}/sitemap.xml`, ''].join('\n')
  return new Response(body, { headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=3600' } })
}
