'use client'

import { ChevronLeft, ChevronRight, X, ZoomIn, ZoomOut } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type PointerEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { cx } from '@/ui/cx'
import type { GalleryPhoto } from './gallery'
import { Photo } from './photo'

const SWIPE_PX = 40

interface LightboxProps {
  photos: readonly GalleryPhoto[]
  at: number
  title: string
  onShow: (index: number) => void
  onClose: () => void
}

/** One photo over the whole window. The browser's own dialog keeps the focus inside and closes on Escape. */
export default function Lightbox({ photos, at, title, onShow, onClose }: LightboxProps) {
  const t = useTranslations('listing')
  const dialog = useRef<HTMLDialogElement>(null)
  const start = useRef<number | null>(null)
  /** Which photo is shown twice as large; none once another is shown. */
  const [zoomed, setZoomed] = useState<number | null>(null)
  const isZoomed = zoomed === at
  const around = useRef<HTMLDivElement>(null)
  const count = photos.length
  const photo = photos[at]
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  useLayoutEffect(() => {
    const { current: box } = around
    if (isZoomed) box?.scrollTo((box.scrollWidth - box.clientWidth) / 2, (box.scrollHeight - box.clientHeight) / 2)
  }, [isZoomed])
  const onPointerUp = (event: PointerEvent) => {
    const moved = start.current === null ? 0 : event.clientX - start.current
    start.current = null
    if (isZoomed || (window.visualViewport?.scale ?? 1) > 1) return // who moves about in a photo does not want the next
    if (Math.abs(moved) > SWIPE_PX && count > 1) onShow(moved < 0 ? at + 1 : at - 1)
  }
  if (!photo) return null
  return createPortal(
    <dialog
      ref={dialog}
      aria-label={t('gallery.label', { title })}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onKeyDown={(event) => {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
        if (step !== undefined && count > 1 && !isZoomed) onShow(at + step)
      }}
      className="lightbox m-0 h-dvh max-h-none w-dvw max-w-none bg-black text-white"
    >
      <div
        ref={around}
        className={cx(
          'h-full select-none',
          isZoomed ? 'grid content-center-safe overflow-auto' : 'flex touch-pan-y touch-pinch-zoom items-center justify-center',
        )}
        onPointerDown={(event) => {
          start.current = event.clientX
        }}
        onPointerUp={onPointerUp}
      >
        <Photo
          key={photo.sha256}
          sha256={photo.sha256}
          alt={photo.alt || t('gallery.shows', { title, at: at + 1, count })}
          sizes={isZoomed ? '200vw' : '100vw'}
          eager
          className={isZoomed ? 'h-auto w-[200vw] max-w-none' : 'max-h-dvh w-auto max-w-full object-contain'}
        />
      </div>
      <p role="status" className="absolute bottom-4 left-1/2 -translate-x-1/2 rounded-full bg-black/70 px-3 py-1 text-sm">
        {t('gallery.position', { at: at + 1, count })}
      </p>
      {count > 1 && !isZoomed && (
        <>
          <RoundButton label={t('gallery.previous')} place="left-3 top-1/2 -translate-y-1/2" onClick={() => onShow(at - 1)}>
            <ChevronLeft aria-hidden="true" />
          </RoundButton>
          <RoundButton label={t('gallery.next')} place="right-3 top-1/2 -translate-y-1/2" onClick={() => onShow(at + 1)}>
            <ChevronRight aria-hidden="true" />
          </RoundButton>
        </>
      )}
      <RoundButton
        label={isZoomed ? t('gallery.smaller') : t('gallery.larger')}
        place="right-18 top-3"
        onClick={() => setZoomed(isZoomed ? null : at)}
      >
        {isZoomed ? <ZoomOut aria-hidden="true" /> : <ZoomIn aria-hidden="true" />}
      </RoundButton>
      <RoundButton label={t('gallery.close')} place="right-3 top-3" onClick={onClose}>
        <X aria-hidden="true" />
      </RoundButton>
    </dialog>,
    document.body,
  )
}

function RoundButton({
  label,
  place,
  onClick,
  children,
}: {
  label: string
  place: string
  onClick: () => void
  children: ReactNode
}) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className={`absolute grid size-12 place-items-center rounded-full bg-black/60 text-white hover:bg-black/80 focus-visible:outline-2 focus-visible:outline-white ${place}`}
    >
      {children}
    </button>
  )
}
