'use client'

import {
  type ComponentProps,
  cloneElement,
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  type ToggleEvent,
  useId,
  useRef,
  useState,
} from 'react'

const GAP = 8
const itemClass =
  'flex min-h-11 w-full cursor-pointer items-center gap-2.5 rounded-xl px-3 text-left text-sm -outline-offset-2 hover:bg-sunken focus:bg-sunken'

const itemsOf = (menu: HTMLElement): HTMLElement[] => [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]')]

/**
 * A menu that opens from `trigger`, a button. The browser's popover: it closes on Escape or a click outside and gives the focus
 * back; arrows, Home, End and first letters move in it.
 */
export function Menu({
  trigger,
  label,
  children,
}: {
  trigger: ReactElement<ComponentProps<'button'>>
  label?: string
  children: ReactNode
}) {
  const id = useId()
  const menu = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)

  const place = (event: ToggleEvent<HTMLDivElement>) => {
    if (event.newState !== 'open') return
    const element = event.currentTarget
    const button = document.querySelector(`[popovertarget="${CSS.escape(id)}"]`)?.getBoundingClientRect()
    if (!button) return
    element.style.top = `${button.bottom + GAP}px`
    element.style.right = `${Math.max(GAP, document.documentElement.clientWidth - button.right)}px`
    element.style.maxHeight = `${window.innerHeight - button.bottom - 2 * GAP}px`
  }
  const toggled = (event: ToggleEvent<HTMLDivElement>) => {
    setOpen(event.newState === 'open')
    if (event.newState === 'open') itemsOf(event.currentTarget)[0]?.focus()
  }
  const openByKey = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown') return
    event.preventDefault()
    menu.current?.showPopover()
  }
  return (
    <>
      {cloneElement(trigger, { popoverTarget: id, 'aria-haspopup': 'menu', 'aria-expanded': open, onKeyDown: openByKey })}
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        aria-label={label}
        tabIndex={-1}
        onBeforeToggle={place}
        onToggle={toggled}
        onKeyDown={moveFocus}
        className="pop fixed inset-auto m-0 min-w-60 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-2xl border border-line bg-surface p-1.5 text-ink shadow-pop"
      >
        {children}
      </div>
    </>
  )
}

function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const items = itemsOf(event.currentTarget)
  const at = items.indexOf(document.activeElement as HTMLElement)
  const next = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  }[event.key]
  if (next !== undefined) {
    event.preventDefault()
    items[next]?.focus()
  } else if (event.key === 'Tab') {
    event.currentTarget.hidePopover()
  } else if (event.key.length === 1 && event.key !== ' ') {
    const after = [...items.slice(at + 1), ...items.slice(0, at + 1)]
    after.find(({ textContent }) => textContent?.trim().toLowerCase().startsWith(event.key.toLowerCase()))?.focus()
  }
}

const closeMenuOf = (element: Element): void => element.closest<HTMLElement>('[popover]')?.hidePopover()

/** One thing to choose in a menu. With `asChild` its child is that: a link. */
export function MenuItem({
  onSelect,
  icon,
  children,
  asChild = false,
}: {
  onSelect?: () => void
  icon?: ReactNode
  children: ReactNode
  asChild?: boolean
}) {
  if (asChild) {
    const link = children as ReactElement<ComponentProps<'a'>>
    const onClick = (event: MouseEvent<HTMLAnchorElement>) => closeMenuOf(event.currentTarget)
    return cloneElement(link, { role: 'menuitem', tabIndex: -1, className: itemClass, onClick })
  }
  const choose = (event: MouseEvent) => {
    closeMenuOf(event.currentTarget)
    onSelect?.()
  }
  return (
    <button type="button" role="menuitem" tabIndex={-1} onClick={choose} className={itemClass}>
      {icon}
      {children}
    </button>
  )
}

/** A heading inside a menu. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return <p className="px-3 pt-2 pb-1 text-muted text-xs">{children}</p>
}

export function MenuSeparator() {
  return <hr className="my-1.5 border-line" />
}
