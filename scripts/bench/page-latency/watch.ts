import { join } from 'node:path'
import type { Page } from 'playwright-core'

/** What the page noted, in milliseconds since 1970. */
export type Noted = {
  /** Notices of changes that came by WebSocket. */
  notices: number[]
  /** The deal's requests: asked and answered. */
  requests: { start: number; end: number }[]
}

const AGREES_MS = 3

/** Makes every document that this page opens from now on note what a change sets off. */
export async function watch(page: Page): Promise<void> {
  await page.addInitScript({ path: join(import.meta.dirname, 'in-page.js') })
}

/** Opens a deal's page; resolves with how many entries its timeline has, once it will hear of changes. */
export async function openDealPage(page: Page, id: string): Promise<number> {
  await page.goto(`/deals/${id}`, { waitUntil: 'networkidle' })
  await page.waitForFunction('bench.subscribed')
  return page.evaluate<number>('bench.entries()')
}

/** Settles when the timeline has so many entries, with the moment of that change of the DOM. */
export function untilEntries(page: Page, count: number): Promise<number> {
  return page.evaluate<number>(`bench.untilEntries(${count})`)
}

/** What was noted since `from`. */
export function noted(page: Page, { id, from }: { id: string; from: number }): Promise<Noted> {
  return page.evaluate<Noted>(`bench.since('/v1/deals/${id}', ${from})`)
}

/** @throws if the page's clock and ours do not tell the same time. */
export async function assertSameClock(page: Page): Promise<void> {
  const before = now()
  const there = await page.evaluate<number>('bench.now()')
  const after = now()
  if (there > before - AGREES_MS && there < after + AGREES_MS) return
  throw new Error(`the page's clock is ${(there - (before + after) / 2).toFixed(1)} ms away from ours`)
}

/** Milliseconds since 1970, finer than Date has them. */
export function now(): number {
  return performance.timeOrigin + performance.now()
}
