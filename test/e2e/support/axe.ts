import assert from 'node:assert/strict'
import AxeBuilder from '@axe-core/playwright'
import type { Person } from './browser.ts'

/** Has axe look at what the person sees, in light and in dark. */
export async function isAccessible({ page }: Person, what: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page }).analyze()
    const told = violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ html }) => html)
          .slice(0, 3)
          .join(' | ')}`,
    )
    assert.deepEqual(told, [], `${what} in ${colorScheme}`)
  }
}
