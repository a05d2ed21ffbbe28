'use client'

import { Clock, Search, Tag } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type RefObject, useEffect, useImperativeHandle } from 'react'
import { recentSearches } from '@/features/discovery/recent-searches'
import { photoUrl } from '@/lib/photos'
import { cx } from '@/ui/cx'
import { go } from '@/ui/go'
import { type Shown, useSuggestions } from './use-suggestions'

export interface SuggestionListHandle {
  /** Takes what is at this place of the list; false for none. */
  take: (index: number) => boolean
}

interface SuggestionListProps {
  id: string
  text: string
  isOpen: boolean
  active: number
  field: RefObject<HTMLInputElement | null>
  handle: RefObject<SuggestionListHandle | null>
  onCount: (count: number) => void
  onChosen: (text?: string) => void
}

/** What is offered below the search field, which keeps the focus and moves in the list. */
export default function SuggestionList({ id, text, isOpen, active, field, handle, onCount, onChosen }: SuggestionListProps) {
  const router = useRouter()
  const shown = useSuggestions(text, isOpen)
  const count = shown.length
  useEffect(() => onCount(count), [count, onCount])
  /** A listing and a category are gone to, words are searched for. */
  const choose = (one: Shown) => {
    const isPlace = (one.kind === 'listing' && one.id) || one.kind === 'category'
    onChosen(isPlace ? undefined : one.text)
    if (one.kind === 'listing' && one.id) return router.push(`/listings/${one.id}`)
    if (one.kind === 'category') {
      const href = `/?category=${encodeURIComponent(one.text)}`
      return go(href, () => router.push(href))
    }
    recentSearches.add(one.text)
    // After React has put the words into the field.
    requestAnimationFrame(() => field.current?.form?.requestSubmit())
  }
  useImperativeHandle(handle, () => ({
    take: (index) => {
      const one = shown[index]
      if (one) choose(one)
      return one !== undefined
    },
  }))
  if (!isOpen) return null
  return shown.map((one, index) => (
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
      onClick={() => choose(one)}
    >
      <Offer one={one} />
    </div>
  ))
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

/** What was searched for without the list is offered in it later. */
export const remember = (text: string): void => recentSearches.add(text)
