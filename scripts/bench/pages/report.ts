import type { Browser, Request } from 'playwright-core'
import type { Route } from '../../../test/e2e/support/routes.ts'
import { categories, type Judged } from './lighthouse.ts'

const TIMEOUT_MS = 60_000

/** What a page brings over the line on a first visit, in bytes as compressed. */
export interface Weighed {
  pattern: string
  script: number
  /** Fetched after the page was loaded, while it was idle. */
  later: number
  style: number
  font: number
  document: number
  image: number
}

const kinds = { script: 'script', stylesheet: 'style', font: 'font', document: 'document', image: 'image' } as const

/** Opens a page with an empty cache and counts what it fetches until nothing is under way. */
export async function weigh(browser: Browser, origin: string, { pattern, path }: Route): Promise<Weighed> {
  const context = await browser.newContext({ baseURL: origin })
  const page = await context.newPage()
  const weighed: Weighed = { pattern, script: 0, later: 0, style: 0, font: 0, document: 0, image: 0 }
  const sizes: Promise<void>[] = []
  let isLoaded = false
  page.once('load', () => {
    isLoaded = true
  })
  const late = new Set<Request>()
  page.on('request', (request) => isLoaded && late.add(request))
  page.on('requestfinished', (request) => {
    const kind = kinds[request.resourceType() as keyof typeof kinds]
    if (!kind) return
    sizes.push(
      request.sizes().then(({ responseBodySize }) => {
        weighed[kind === 'script' && late.has(request) ? 'later' : kind] += responseBodySize
      }),
    )
  })
  await page.goto(path, { waitUntil: 'networkidle', timeout: TIMEOUT_MS })
  await Promise.all(sizes)
  await context.close()
  return weighed
}

const kB = (bytes: number): string => (bytes / 1000).toFixed(1)
const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`

/** Both tables as Markdown. */
export function pagesTable(weighed: readonly Weighed[], judged: readonly Judged[]): string {
  const heads = ['page', 'JavaScript, kB', 'when idle', 'CSS', 'fonts', 'document', 'images']
  const weights = weighed.map(({ pattern, script, later, style, font, document, image }) =>
    row([`\`${pattern}\``, kB(script), kB(later), kB(style), kB(font), kB(document), kB(image)]),
  )
  const first = [row(heads), row(heads.map((_, at) => (at === 0 ? '---' : '---:'))), ...weights].join('\n')
  if (judged.length === 0) return first
  const scored = ['page', 'screen', ...categories, 'TTFB, ms', 'FCP', 'LCP', 'TBT', 'CLS']
  const rows = judged.map(({ pattern, screen, scores, timings: { ttfb, fcp, lcp, tbt, cls } }) =>
    row([
      `\`${pattern}\``,
      screen,
      ...categories.map((category) => scores[category]),
      ...[ttfb, fcp, lcp, tbt].map((ms) => Math.round(ms)),
      cls.toFixed(3),
    ]),
  )
  const faults = judged.flatMap(({ pattern, screen, faults }) => faults.map((fault) => `- \`${pattern}\`, ${screen}: ${fault}`))
  const second = [row(scored), row(scored.map((_, at) => (at < 2 ? '---' : '---:'))), ...rows].join('\n')
  return [weighed.length === 0 ? '' : first, second, faults.join('\n')].filter((part) => part !== '').join('\n\n')
}
