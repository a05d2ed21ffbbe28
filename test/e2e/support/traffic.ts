import type { Page, Request } from 'playwright-core'

/** Bytes of JavaScript that a page asked for until it was loaded, as they came over the line: compressed, without headers. */
export interface ScriptTraffic {
  bytes: () => number
  files: () => readonly { url: string; bytes: number }[]
}

/**
 * Counts the scripts that a page asks for before its `load` event: what is fetched once the page is idle keeps nobody waiting.
 * Ask once nothing is under way any more.
 */
export function scriptTraffic(page: Page): ScriptTraffic {
  const files: { url: string; bytes: number }[] = []
  let isLoaded = false
  page.once('load', () => {
    isLoaded = true
  })
  const late = new Set<Request>()
  page.on('request', (request) => isLoaded && late.add(request))
  page.on('requestfinished', async (request) => {
    if (request.resourceType() !== 'script' || late.has(request)) return
    const { responseBodySize } = await request.sizes()
    files.push({ url: request.url(), bytes: responseBodySize })
  })
  return { bytes: () => files.reduce((sum, file) => sum + file.bytes, 0), files: () => files }
}
