/** `0x1234…abcd`. */
export function shortHex(value: string): string {
  return value.length <= 12 ? value : `${value.slice(0, 6)}…${value.slice(-4)}`
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** Seconds as `3 days 4 hours`, the two largest units; `45 seconds` below a minute. */
export function duration(seconds: number): string {
  if (seconds < 60) return plural(Math.max(0, Math.floor(seconds)), 'second')
  let rest = Math.floor(seconds)
  const parts: string[] = []
  for (const [name, size] of UNITS) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0 && parts.length < 2) parts.push(plural(count, name))
  }
  return parts.join(' ')
}

/** `1 day`, `2 days`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** `9 Nov 2026, 14:05`, the same on the server as in the browser. */
export function dateTime(seconds: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(seconds * 1000)
}

/** `9 Nov 2026` from an ISO 8601 date. */
export function dateOf(iso: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(iso))
}

/** 250 basis points as `2.5%`. */
export function percent(bps: number): string {
  return `${(bps / 100).toFixed(2).replace(/\.?0+$/, '')}%`
}
