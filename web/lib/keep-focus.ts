const HEADINGS = 'h1, h2, h3'

interface Place {
  element: Element
  /** What it stands in, from the inside out. */
  around: readonly Element[]
}

/**
 * Keeps the focus from being lost, which throws who uses a keyboard or a screen reader back to the top of the page. When what had it
 * goes away, because another page came or a row was removed, the heading above it gets it, or the new page's own; when it was only
 * out of use for a while, it gets it back.
 */
export function keepFocus(): void {
  let last = placeOf(document.activeElement)
  const look = () => {
    if (last === null || document.activeElement !== document.body) return
    const { around, element } = last
    if (!element.isConnected) focusHeading(around)
    else if (element instanceof HTMLElement && !element.matches(':disabled')) element.focus({ preventScroll: true })
  }
  document.addEventListener('focusin', ({ target }) => {
    last = placeOf(target as Element)
  })
  document.addEventListener('focusout', ({ target }) => {
    // Only after what is being removed or disabled is so: who clicks beside everything means to leave.
    setTimeout(() => {
      const isLost = target instanceof Element && (!target.isConnected || target.matches(':disabled'))
      if (isLost) look()
      else if (document.activeElement === document.body) last = null
    })
  })
  // On its way from one to the next the focus is nowhere, and what it left may draw itself anew: looked at once it has arrived.
  const lookSoon = () => document.activeElement === document.body && setTimeout(look)
  new MutationObserver(lookSoon).observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] })
}

function placeOf(element: Element | null): Place | null {
  if (element === null || element === document.body) return null
  const around: Element[] = []
  for (let one = element.parentElement; one && one !== document.body; one = one.parentElement) around.push(one)
  return { element, around }
}

/** The nearest heading that is left of what was around; the page's own where the whole of it is another. */
function focusHeading(around: readonly Element[]): void {
  const near = around.find((one) => one.isConnected && one.querySelector(HEADINGS) !== null)
  const heading = near?.querySelector<HTMLElement>(HEADINGS) ?? document.querySelector<HTMLElement>('main h1')
  if (!heading) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}
