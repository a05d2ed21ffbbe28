'use client'

import { Clock, Search, Tag } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { recentSearches } from '@/features/discovery/recent-searches'
import { photoUrl } from '@/lib/api/listings'
import { cx } from '@/ui/cx'
import { controlClass } from '@/ui/input'
import { type Shown, useSuggestions } from './use-suggestions'

/**
 * The field that is searched with: a combobox with a list (ARIA Authoring Practices). The focus stays in the field, arrows move
 * through the list, Escape closes it. Without JavaScript it is a plain field of its form.
 */
export function SearchBox({ initial, label, placeholder }: { initial: string; label: string; placeholder: string }) {
  const t = useTranslations('market')
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(initial)
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const shown = useSuggestions(text, isOpen)
  const choose = useChoice(field, setText)
  const isListed = isOpen && shown.length > 0
  const close = () => {
    setOpen(false)
    setActive(-1)
  }
  const take = (one: Shown) => {
    close()
    choose(one)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const moved = moveTo(event, { active, count: shown.length, isListed })
    if (moved !== null) {
      event.preventDefault()
      setOpen(true)
      setActive(moved)
    } else if (event.key === 'Escape' && isListed) {
      event.preventDefault()
      close()
    } else if (event.key === 'Enter') {
      const one = isListed ? shown[active] : undefined
      if (one) {
        event.preventDefault()
        take(one)
      } else {
        recentSearches.add(text)
        close()
      }
    }
  }
  return (
    <div className="relative min-w-0 flex-1">
      <Search aria-hidden="true" className="pointer-events-none absolute top-1/2 left-4 size-5 -translate-y-1/2 text-muted" />
      <input
        ref={field}
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
          setOpen(true)
        }}
        onFocus={() => setOpen(true)}
        onClick={() => setOpen(true)}
        onBlur={close}
        onKeyDown={onKeyDown}
      />
      {/* Kept in the page while it is closed, as `aria-controls` points to it. */}
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t('suggestions.label')}
        hidden={!isListed}
        className="absolute inset-x-0 top-full z-40 mt-1 max-h-[60dvh] overflow-y-auto rounded-2xl border border-line bg-surface p-1.5 shadow-pop"
      >
        {isListed &&
          shown.map((one, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the field, which keeps the focus
            <div
              key={`${one.kind} ${'id' in one ? one.id : one.text}`}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={cx(
                'flex min-h-11 cursor-pointer items-center gap-3 rounded-xl px-3 py-1.5 text-sm hover:bg-sunken',
                index === active && 'bg-sunken',
              )}
              onPointerDown={(event) => event.preventDefault()} // the field keeps the focus
              onClick={() => take(one)}
            >
              <Offer one={one} />
            </div>
          ))}
      </div>
      <p role="status" className="sr-only">
        {isOpen ? t('suggestions.count', { count: shown.length }) : ''}
      </p>
    </div>
  )
}

function Offer({ one }: { one: Shown }) {
  const t = useTranslations('market')
  const goods = useTranslations('goods')
  if (one.kind === 'listing') {
    return (
      <>
        {one.photo ? (
          <img src={photoUrl(one.photo, 320)} alt="" className="size-9 rounded-lg object-cover" />
        ) : (
          <Tag aria-hidden="true" className="size-4 text-muted" />
        )}
        <span className="min-w-0 flex-1 truncate">{one.text}</span>
        <span className="text-muted text-xs">{t('suggestions.listing')}</span>
      </>
    )
  }
  const Icon = one.kind === 'recent' ? Clock : one.kind === 'category' ? Tag : Search
  return (
    <>
      <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" />
      <span className="min-w-0 flex-1 truncate">
        {one.kind === 'category' ? goods(`category.${one.text as 'cameras'}`) : one.text}
      </span>
      {one.kind === 'category' && <span className="text-muted text-xs">{t('suggestions.category')}</span>}
      {one.kind === 'recent' && <span className="text-muted text-xs">{t('suggestions.recent')}</span>}
    </>
  )
}

/** What choosing one of the list does: a listing and a category are gone to, words are searched for. */
function useChoice(field: { current: HTMLInputElement | null }, setText: (text: string) => void) {
  const router = useRouter()
  return (one: Shown) => {
    if (one.kind === 'listing' && one.id) return router.push(`/listings/${one.id}`)
    if (one.kind === 'category') return router.push(`/?category=${encodeURIComponent(one.text)}`)
    recentSearches.add(one.text)
    setText(one.text)
    // After React has put the words into the field.
    requestAnimationFrame(() => field.current?.form?.requestSubmit())
  }
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
