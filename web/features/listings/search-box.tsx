'use client'

import { Search } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, lazy, Suspense, useId, useRef, useState } from 'react'
import { controlClass } from '@/ui/control-class'
import { cx } from '@/ui/cx'
import { useTyped } from '@/ui/use-typed'
import type { SuggestionListHandle } from './suggestion-list'

/** Loaded by who goes to the field. */
const loadList = () => import('./suggestion-list')
const SuggestionList = lazy(loadList)

/**
 * The field that is searched with: a combobox with a list (ARIA Authoring Practices). The focus stays in the field, arrows move
 * through the list, Escape closes it. Without JavaScript it is a plain field of its form.
 */
export function SearchBox({ initial, label, placeholder }: { initial: string; label: string; placeholder: string }) {
  const t = useTranslations('market')
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<SuggestionListHandle>(null)
  const [text, setText] = useState(initial)
  const fieldRef = useTyped({ value: text, onChange: ({ target }) => setText(target.value), ref: field })
  const [isOpen, setOpen] = useState(false)
  const [wasOpen, setWasOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const [count, setCount] = useState(0)
  const isListed = isOpen && count > 0
  const open = () => {
    setOpen(true)
    setWasOpen(true)
  }
  const close = () => {
    setOpen(false)
    setActive(-1)
  }
  const onChosen = (words?: string) => {
    close()
    if (words !== undefined) setText(words)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const moved = moveTo(event, { active, count, isListed })
    if (moved !== null) {
      event.preventDefault()
      open()
      setActive(moved)
    } else if (event.key === 'Escape' && isListed) {
      event.preventDefault()
      close()
    } else if (event.key === 'Enter') {
      if (isListed && list.current?.take(active)) event.preventDefault()
      else {
        void loadList().then(({ remember }) => remember(text))
        close()
      }
    }
  }
  return (
    <div className="min-w-0 flex-1 sm:relative">
      <div className="relative">
        <Search aria-hidden="true" className="pointer-events-none absolute top-1/2 left-4 size-5 -translate-y-1/2 text-muted" />
        <input
          ref={fieldRef}
          type="search"
          name="q"
          value={text}
          maxLength={200}
          role="combobox"
          aria-label={label}
          aria-expanded={isListed}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={isListed && active >= 0 ? `${id}-${active}` : undefined}
          autoComplete="off"
          enterKeyHint="search"
          placeholder={placeholder}
          className={cx(controlClass, 'pl-12')}
          onChange={(event) => {
            setText(event.target.value)
            setActive(-1)
            open()
          }}
          onFocus={open}
          onClick={open}
          onBlur={close}
          onKeyDown={onKeyDown}
        />
      </div>
      {/* Kept in the page while it is closed, as `aria-controls` points to it. */}
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t('suggestions.label')}
        hidden={!isListed}
        className="absolute inset-x-0 top-full z-40 mt-1 max-h-[60dvh] overflow-y-auto rounded-2xl border border-line bg-surface p-1.5 shadow-pop"
      >
        {wasOpen && (
          <Suspense>
            <SuggestionList {...{ id, text, isOpen, active, field, handle: list, onChosen }} onCount={setCount} />
          </Suspense>
        )}
      </div>
      <p role="status" className="sr-only">
        {isOpen ? t('suggestions.count', { count }) : ''}
      </p>
    </div>
  )
}

/** Which of the list a key moves to, -1 for the field itself; null for a key that does not move. */
function moveTo(
  { key, altKey }: KeyboardEvent,
  { active, count, isListed }: { active: number; count: number; isListed: boolean },
): number | null {
  if (key === 'ArrowDown') return altKey || !isListed ? -1 : active + 1 >= count ? -1 : active + 1
  if (key === 'ArrowUp') return altKey || !isListed ? null : active < 0 ? count - 1 : active - 1
  return null
}
