import type { Answer } from './lighthouse.ts'

type Row = Record<string, unknown>

const LONGEST = 5

/** What a page's first look waited for, in lines to read: paints as simulated, the parts of the largest one as observed, what comes over the line. */
export function reasonsOf({ audits }: Answer): string[] {
  const rows = (audit: string): Row[] => rowsIn(audits[audit]?.details)
  const value = (audit: string): number => audits[audit]?.numericValue ?? Number.NaN
  const largest = rows('lcp-breakdown-insight')
  const requests = rows('network-requests')
  return [
    `FCP ${ms(value('first-contentful-paint'))}, LCP ${ms(value('largest-contentful-paint'))}, TBT ${ms(value('total-blocking-time'))}, SI ${ms(value('speed-index'))}, CLS ${value('cumulative-layout-shift')}`,
    `largest: ${largest.map((row) => ('subpart' in row ? `${row.subpart} ${ms(row.duration)}` : row.snippet)).join(', ')}`,
    `blocks rendering: ${rows('render-blocking-insight').map(({ url, wastedMs }) => `${nameIn(url)} ${ms(wastedMs)}`)}`,
    `main thread: ${rows('mainthread-work-breakdown').map(({ group, duration }) => `${group} ${ms(duration)}`)}`,
    `scripts: ${first(rows('bootup-time')).map(({ url, total, scripting }) => `${nameIn(url)} ${ms(total)} (${ms(scripting)})`)}`,
    `unused: ${first(rows('unused-javascript')).map(({ url, wastedBytes }) => `${nameIn(url)} ${kB(wastedBytes)}`)}`,
    `pictures: ${first(rows('image-delivery-insight')).map(({ url, wastedBytes }) => `${nameIn(url)} ${kB(wastedBytes)} too many`)}`,
    ...requests.map(
      ({ networkRequestTime, networkEndTime, url, priority, resourceType, transferSize }) =>
        `${ms(networkRequestTime)}–${ms(networkEndTime)} ${priority} ${resourceType} ${kB(transferSize)} ${nameIn(url)}`,
    ),
  ]
}

/** The rows of a table, or of the tables of a list, and what else a list names. */
function rowsIn(details: unknown): Row[] {
  const items = (details as { items?: Row[] } | undefined)?.items ?? []
  return items.flatMap((item) => (Array.isArray(item.items) ? (item.items as Row[]) : [item]))
}

const first = (rows: Row[]): Row[] => rows.slice(0, LONGEST)
const ms = (value: unknown): string => `${Math.round(Number(value))} ms`
const kB = (bytes: unknown): string => `${(Number(bytes) / 1000).toFixed(1)} kB`
const nameIn = (url: unknown): string => String(url).split('/').slice(-2).join('/').slice(0, 60)
