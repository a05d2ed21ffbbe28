'use client'

import { ChevronLeft, ChevronRight, Expand } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { cx } from '@/ui/cx'

/** Loaded when somebody wants a photo larger. */
const Lightbox = lazy(() => import('./lightbox'))

export interface GalleryPhoto {
  sha256: string
  alt: string
}

interface GalleryProps {
  photos: readonly GalleryPhoto[]
  title: string
  /** The pictures of the strip, and those to choose from below it, made by the server: so the code for pictures stays there. */
  slides: readonly ReactNode[]
  thumbnails: readonly ReactNode[]
}

/**
 * The photos of a listing in a strip that is swiped, scrolled, or moved with keys and buttons; larger in a window of their own. The
 * strip is the browser's: it works without JavaScript.
 */
export function Gallery({ photos, title, slides, thumbnails }: GalleryProps) {
  const t = useTranslations('listing')
  const strip = useRef<HTMLUListElement>(null)
  const [at, setAt] = useState(0)
  const [large, setLarge] = useState(false)
  const count = photos.length
  useEffect(() => watchStrip(strip.current, setAt), [])
  const show = (index: number) => {
    const to = (index + count) % count
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    const item = strip.current?.children[to]
    if (item instanceof HTMLElement) strip.current?.scrollTo({ left: item.offsetLeft, behavior: calm ? 'instant' : 'smooth' })
    setAt(to)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (step === undefined || count === 1) return
    event.preventDefault()
    show(at + step)
  }
  const altOf = ({ alt }: GalleryPhoto, index: number) => alt || t('gallery.shows', { title, at: index + 1, count })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons inside
    <div onKeyDown={onKeyDown}>
      <div className="group relative">
        <ul
          ref={strip}
          aria-label={t('gallery.label', { title })}
          className="relative flex snap-x snap-mandatory overflow-x-auto rounded-3xl bg-sunken [scrollbar-width:none]"
        >
          {photos.map((photo, index) => (
            <li key={photo.sha256} className="w-full shrink-0 snap-center">
              <button
                type="button"
                aria-label={`${t('gallery.enlarge', { at: index + 1 })}: ${altOf(photo, index)}`}
                onClick={() => setLarge(true)}
                className="block w-full cursor-zoom-in"
                tabIndex={index === at ? 0 : -1}
              >
                {slides[index]}
              </button>
            </li>
          ))}
        </ul>
        <span className="pointer-events-none absolute right-3 bottom-3 flex items-center gap-1.5 rounded-full bg-black/60 px-3 py-1 text-sm text-white">
          <Expand aria-hidden="true" className="size-3.5" />
          {t('gallery.position', { at: at + 1, count })}
        </span>
        {count > 1 && (
          <div className="pointer-coarse:hidden opacity-0 transition-opacity focus-within:opacity-100 group-hover:opacity-100">
            <StripButton label={t('gallery.previous')} side="left-3" onClick={() => show(at - 1)}>
              <ChevronLeft aria-hidden="true" />
            </StripButton>
            <StripButton label={t('gallery.next')} side="right-3" onClick={() => show(at + 1)}>
              <ChevronRight aria-hidden="true" />
            </StripButton>
          </div>
        )}
      </div>
      {count > 1 && <Thumbnails photos={photos} pictures={thumbnails} at={at} onShow={show} />}
      {large && (
        <Suspense>
          <Lightbox photos={photos} at={at} title={title} onShow={show} onClose={() => setLarge(false)} />
        </Suspense>
      )}
    </div>
  )
}

/** Tells which photo is in view, however it came there. */
function watchStrip(strip: HTMLUListElement | null, onShow: (index: number) => void): (() => void) | undefined {
  if (!strip) return undefined
  const watch = new IntersectionObserver(
    (entries) => {
      const shown = entries.find(({ isIntersecting }) => isIntersecting)
      if (shown) onShow([...strip.children].indexOf(shown.target))
    },
    { root: strip, threshold: 0.6 },
  )
  for (const item of strip.children) watch.observe(item)
  return () => watch.disconnect()
}

function StripButton({
  label,
  side,
  onClick,
  children,
}: {
  label: string
  side: string
  onClick: () => void
  children: ReactNode
}) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className={cx('absolute top-1/2 grid size-11 -translate-y-1/2 place-items-center rounded-full bg-surface shadow-pop', side)}
    >
      {children}
    </button>
  )
}

interface ThumbnailsProps {
  photos: readonly GalleryPhoto[]
  pictures: readonly ReactNode[]
  at: number
  onShow: (index: number) => void
}

function Thumbnails({ photos, pictures, at, onShow }: ThumbnailsProps) {
  const t = useTranslations('listing')
  return (
    <ul className="mt-3 flex gap-2 overflow-x-auto p-1">
      {photos.map(({ sha256 }, index) => (
        <li key={sha256}>
          <button
            type="button"
            onClick={() => onShow(index)}
            aria-label={t('gallery.show', { at: index + 1 })}
            aria-pressed={index === at}
            className={cx('block overflow-hidden rounded-xl border-2', index === at ? 'border-primary' : 'border-transparent')}
          >
            {pictures[index]}
          </button>
        </li>
      ))}
    </ul>
  )
}
