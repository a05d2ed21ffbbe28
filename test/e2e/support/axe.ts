import assert from 'node:assert/strict'
import AxeBuilder from '@axe-core/playwright'
import type { Person } from './browser.ts'

/** Colours on their way from one theme to the other have contrasts of neither. */
const COLOURS_SETTLED = `Promise.all(document.getAnimations().filter((one) => one instanceof CSSTransition)
  .map((one) => one.finished.catch(() => null))).then(() => null)`

/** Has axe look at what the person sees, in light and in dark. */
export async function isAccessible({ page }: Person, what: string): Promise<void> {
  for (const theme of ['dark', 'light'] as const) {
    await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`) // as the button for it does
    await page.evaluate(COLOURS_SETTLED)
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
