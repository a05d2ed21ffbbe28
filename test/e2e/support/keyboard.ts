import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'

/** What has the focus, as a person without a mouse meets it. */
export interface Focused {
  tag: string
  role: string
  /** What it is called: its label, or else its text. */
  name: string
  /** Whether something shows that it has the focus. */
  isMarked: boolean
  /** Whether it is on the screen, with nothing over it. */
  isSeen: boolean
}

const MOST_TABS = 120
const LATE_MS = 20_000

/** Runs in the page: what somebody hears of an element, its label or else its text. */
const NAME_OF = `(one) => {
  const by = (one.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.innerText ?? '').join(' ').trim()
  const label = by || one.getAttribute('aria-label') || one.labels?.[0]?.innerText || one.innerText || one.value || ''
  return label.trim().replace(/\\s+/g, ' ')
}`

/** Runs in the page. A choice or a file that is drawn by its label is where the label is. */
const FOCUSED = `(() => {
  const nameOf = ${NAME_OF}
  const one = document.activeElement
  if (!one || one === document.body) return { tag: 'body', role: '', name: '', isMarked: false, isSeen: false }
  const drawn = one.matches('input[type=radio], input[type=checkbox], input[type=file]') ? (one.labels[0] ?? one) : one
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(drawn)
  const own = getComputedStyle(one)
  const isMarked = [[outlineStyle, outlineWidth], [own.outlineStyle, own.outlineWidth]]
    .some(([style, width]) => style !== 'none' && parseFloat(width) >= 1) || boxShadow !== 'none'
  const { left, top, width, height } = drawn.getBoundingClientRect()
  const x = Math.min(Math.max(left + width / 2, 0), innerWidth - 1)
  const y = Math.min(Math.max(top + height / 2, 0), innerHeight - 1)
  const over = document.elementFromPoint(x, y)
  const isSeen = width > 0 && height > 0 && top < innerHeight && top + height > 0 && over !== null && (drawn.contains(over) || over.contains(drawn))
  return { tag: one.tagName.toLowerCase(), role: one.getAttribute('role') ?? '', name: nameOf(one), isMarked, isSeen }
})()`

export async function focused(page: Page): Promise<Focused> {
  return (await page.evaluate(FOCUSED)) as Focused
}

/** The focus is where the name says, marked and on the screen. */
export async function hasFocus(page: Page, name: RegExp): Promise<void> {
  const until = Date.now() + LATE_MS
  let at = await focused(page)
  while (!name.test(at.name) && Date.now() < until) {
    await page.waitForTimeout(50)
    at = await focused(page)
  }
  assert.match(at.name, name, `the focus is on ${at.tag} “${at.name}”`)
}

/** Waits for something of that name, so that what loads late is not walked past; when none comes, the walk says so. */
async function isThere(page: Page, name: RegExp): Promise<void> {
  const someone = `[...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
    .some((one) => one.getClientRects().length > 0 && ${name}.test((${NAME_OF})(one)))`
  const until = Date.now() + LATE_MS
  while (!(await page.evaluate(someone)) && Date.now() < until) await page.waitForTimeout(50)
}

/**
 * Presses Tab until what has the focus is called so. Every stop on the way is one that can be seen.
 * @throws when it is not met, or when a stop cannot be seen
 */
export async function tabTo(page: Page, name: RegExp, { backwards = false } = {}): Promise<Focused> {
  const met: string[] = []
  await isThere(page, name)
  for (let count = 0; count < MOST_TABS; count += 1) {
    await page.keyboard.press(backwards ? 'Shift+Tab' : 'Tab')
    let at = await focused(page)
    // What comes in late may push it away for a moment.
    for (let look = 0; look < 10 && at.tag !== 'body' && !at.isSeen; look += 1) {
      await page.waitForTimeout(50)
      at = await focused(page)
    }
    met.push(`${at.tag} “${at.name.slice(0, 40)}”`)
    if (at.tag === 'body') continue // the browser's own bar
    assert.ok(at.isMarked, `nothing shows that the focus is on ${met.at(-1)}`)
    assert.ok(at.isSeen, `what has the focus cannot be seen: ${met.at(-1)}`)
    if (name.test(at.name)) return at
  }
  throw new Error(`no Tab leads to ${name}: ${met.join(' → ')}`)
}

/** Tabs to what is called so, and presses Enter on it. */
export async function press(page: Page, name: RegExp, key = 'Enter'): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press(key)
}

/** Tabs to a field and writes into it, in place of what was there. */
export async function write(page: Page, name: RegExp, text: string): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press('Control+A')
  await page.keyboard.type(text)
}

/** Presses a key until the page says so: what is lifted can be moved once all places are measured. */
export async function pressUntilSaid(page: Page, key: string, words: string): Promise<void> {
  const said = page.getByText(words)
  for (let count = 0; count < 10 && (await said.count()) === 0; count += 1) {
    await page.keyboard.press(key)
    await page.waitForTimeout(500)
  }
  await said.waitFor({ state: 'attached' })
}
