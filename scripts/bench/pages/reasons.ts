import type { Answer } from './lighthouse.ts'

type Row = Record<string, unknown>

const MOST = 5

/** What a look at a page was waiting for, in lines to read: what is large or slow, then all that was fetched and when. */
export function reasonsOf({ audits }: Answer): string[] {
  const rows = (audit: string): Row[] => rowsIn(audits[audit]?.details)
  const worst = (audit: string, told: (row: Row) => string): string =>
    rows(audit).slice(0, MOST).map(told).join(', ') || 'nothing'
  return [
    `largest: ${rows('lcp-breakdown-insight').map(partOfLargest).join(', ')}`,
    `blocks rendering: ${worst('render-blocking-insight', (row) => `${nameIn(row.url)} ${ms(row.wastedMs)}`)}`,
    `main thread: ${worst('mainthread-work-breakdown', (row) => `${row.group} ${ms(row.duration)}`)}`,
    `scripts: ${worst('bootup-time', (row) => `${nameIn(row.url)} ${ms(row.total)}`)}`,
    `unused: ${worst('unused-javascript', (row) => `${nameIn(row.url)} ${kB(row.wastedBytes)}`)}`,
    `pictures too large: ${worst('image-delivery-insight', (row) => `${nameIn(row.url)} ${kB(row.wastedBytes)}`)}`,
    ...rows('network-requests').map(
      ({ networkRequestTime: from, networkEndTime: to, url, priority, resourceType, transferSize }) =>
        `${ms(from)} to ${ms(to)}: ${resourceType}, ${kB(transferSize)}, ${priority}: ${nameIn(url)}`,
    ),
  ]
}

/** The largest paint comes as a table of its phases, and the element itself. */
function partOfLargest(row: Row): string {
  return 'subpart' in row ? `${row.subpart} ${ms(row.duration)}` : String(row.snippet)
}

/** The rows of a table, or of the tables of a list, and what else a list names. */
function rowsIn(details: unknown): Row[] {
  const items = (details as { items?: Row[] } | undefined)?.items ?? []
  return items.flatMap((item) => (Array.isArray(item.items) ? (item.items as Row[]) : [item]))
}

const ms = (value: unknown): string => `${Math.round(Number(value))} ms`
const kB = (bytes: unknown): string => `${(Number(bytes) / 1000).toFixed(1)} kB`
const nameIn = (url: unknown): string => String(url).split('/').slice(-2).join('/').slice(0, 60)
