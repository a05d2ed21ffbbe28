import type { Page } from 'playwright-core'

/** Bytes of JavaScript that a page fetched, as they came over the line: compressed, without headers. */
export interface ScriptTraffic {
  bytes: () => number
  files: () => readonly { url: string; bytes: number }[]
}

/** Counts the scripts that a page fetches from now on. Ask once nothing is under way any more. */
export function scriptTraffic(page: Page): ScriptTraffic {
  const files: { url: string; bytes: number }[] = []
  page.on('requestfinished', async (request) => {
    if (request.resourceType() !== 'script') return
    const { responseBodySize } = await request.sizes()
    files.push({ url: request.url(), bytes: responseBodySize })
  })
  return { bytes: () => files.reduce((sum, file) => sum + file.bytes, 0), files: () => files }
}
