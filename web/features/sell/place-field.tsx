'use client'

import { MapPin } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { countryName } from '@/features/listings/goods'
import { townName } from '@/i18n/towns'
import { type Town, towns } from '@/lib/api/towns'
import { controlClass } from '@/ui/control-class'
import { cx } from '@/ui/cx'
import { Field } from '@/ui/field'
import type { Draft } from './draft'
import { type FieldsProps, fieldId } from './fields'

const PAUSE_MS = 200
/** A market that has just been started is still reading the towns of the world. */
const AGAIN_MS = 3_000

/** The town where the item is, found while it is typed: by mouse, finger or keyboard (a combobox as ARIA has it). */
export function PlaceField({ draft, errors, change }: FieldsProps) {
  const t = useTranslations('sell')
  const locale = useLocale()
  const { place } = draft
  const moved = useRef(false) // between the field and the town, of which only one is there: the focus goes along
  const arrive = (element: HTMLElement | null) => {
    if (!moved.current || !element) return
    moved.current = false
    element.focus()
  }
  const set = (place: Draft['place']) => {
    moved.current = true
    change({ place })
  }
  if (!place) return <TownSearch error={errors.place} onChoose={set} inputRef={arrive} />
  return (
    <div>
      <p className="mb-1.5 font-medium text-sm">{t('labels.place')}</p>
      <p className="flex min-h-11 items-center gap-2">
        <MapPin aria-hidden="true" className="size-4 text-primary" />
        <span dir="auto">
          {townName(place, locale)}, {countryName(place.country, locale)}
        </span>
        <button
          type="button"
          ref={arrive}
          className="min-h-11 px-2 font-medium text-primary text-sm underline underline-offset-4"
          onClick={() => set(null)}
        >
          {t('place.change')}
        </button>
      </p>
    </div>
  )
}

type Found = { towns: Town[]; at: 'idle' | 'found' | 'failed' }

/** Towns that begin as typed, once the typing pauses. */
function useTowns(q: string): Found {
  const [found, setFound] = useState<Found>({ towns: [], at: 'idle' })
  useEffect(() => {
    let stale = false
    const wanted = q.trim()
    if (wanted.length < 2) return setFound({ towns: [], at: 'idle' })
    let timer: ReturnType<typeof setTimeout>
    const look = () =>
      towns
        .find(wanted)
        .then((list) => !stale && setFound({ towns: list, at: 'found' }))
        .catch(() => {
          if (stale) return
          setFound({ towns: [], at: 'failed' })
          timer = setTimeout(look, AGAIN_MS)
        })
    timer = setTimeout(look, PAUSE_MS)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [q])
  return found
}

interface TownSearchProps {
  error: string | undefined
  onChoose: (place: Draft['place']) => void
  inputRef: (input: HTMLInputElement | null) => void
}

function TownSearch({ error, onChoose, inputRef }: TownSearchProps) {
  const t = useTranslations('sell')
  const locale = useLocale()
  const list = useId()
  const [q, setQ] = useState('')
  const [active, setActive] = useState(0)
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const { towns: found, at } = useTowns(q)
  const shown = open && found.length > 0
  const choose = (town: Town | undefined) => town && onChoose({ country: town.country, town: town.name, townId: town.id })

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setOpen(true)
      const step = event.key === 'ArrowDown' ? 1 : -1
      setActive((now) => (now + step + found.length) % Math.max(1, found.length))
    } else if (event.key === 'Enter' && shown) {
      event.preventDefault()
      choose(found[active])
    } else if (event.key === 'Escape') setOpen(false)
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears that the focus has left
    <div ref={box} className="relative" onBlur={({ relatedTarget }) => box.current?.contains(relatedTarget) || setOpen(false)}>
      <Field quiet label={t('labels.place')} hint={t('hints.place')} error={error}>
        <input
          ref={inputRef}
          id={fieldId('place')}
          role="combobox"
          aria-expanded={shown}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={shown ? `${list}-${active}` : undefined}
          autoComplete="off"
          className={controlClass}
          maxLength={100}
          value={q}
          onFocus={() => setOpen(true)}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setQ(event.target.value)
            setActive(0)
            setOpen(true)
          }}
        />
      </Field>
      <div
        id={list}
        role="listbox"
        aria-label={t('place.search')}
        className={cx(
          'absolute inset-x-0 top-full z-20 mt-1 max-h-80 overflow-y-auto rounded-xl border border-line bg-surface p-1 shadow-pop',
          !shown && 'hidden',
        )}
      >
        {found.map((town, index) => (
          <div
            key={town.id}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={cx(
              'flex min-h-11 cursor-pointer items-center justify-between gap-3 rounded-lg px-3',
              index === active && 'bg-sunken',
            )}
            onPointerDown={(event) => event.preventDefault()}
            onPointerEnter={() => setActive(index)}
            onClick={() => choose(town)}
            onKeyDown={onKeyDown}
          >
            <span dir="auto">{townName({ town: town.name, country: town.country }, locale)}</span>
            <span className="text-muted text-sm">
              {/^[A-Z]{2}$/.test(town.region) && `${town.region}, `}
              {countryName(town.country, locale)}
            </span>
          </div>
        ))}
      </div>
      <p role="status" className={at === 'found' && found.length > 0 ? 'sr-only' : 'mt-1 text-muted text-sm empty:hidden'}>
        {at === 'failed' && t('place.failed')}
        {at === 'found' && (found.length === 0 ? t('place.none') : t('place.results', { count: found.length }))}
      </p>
    </div>
  )
}
