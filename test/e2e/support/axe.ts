import assert from 'node:assert/strict'
import AxeBuilder from '@axe-core/playwright'
import type { Person } from './browser.ts'

/** Has axe look at what the person sees, in light and in dark. */
export async function isAccessible({ page }: Person, what: string): Promise<void> {
  for (const theme of ['dark', 'light'] as const) {
    await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`) // as the button for it does
    await page.waitForFunction('document.getAnimations().every((one) => !(one instanceof CSSTransition))') // colours on their way
    const axe = new AxeBuilder({ page })
    const isOver = (await page.getByRole('dialog').count()) > 0
    if (isOver)
      axe.include('dialog[open]') // what is dimmed behind it is out of use
    else await page.locator('[role="status"] > p').first().waitFor({ state: 'detached' }) // what a short message covers cannot be read
    const { violations } = await axe.analyze()
    const told = violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ html }) => html)
          .slice(0, 3)
          .join(' | ')}`,
    )
    assert.deepEqual(told, [], `${what} in ${theme}`)
  }
}
