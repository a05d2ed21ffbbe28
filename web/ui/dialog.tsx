'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type PointerEvent, type ReactNode, type SyntheticEvent, useId, useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { cx } from './cx'

interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  /** How wide it may get where there is room. */
  size?: 'md' | 'lg'
  children: ReactNode
}

const widths = { md: 'sm:w-[min(32rem,92vw)]', lg: 'sm:w-[min(52rem,94vw)]' }

/**
 * A window over the page, a sheet from below on phones. The browser's own modal dialog: it keeps the focus inside, closes on Escape
 * and gives the focus back, and costs no code.
 */
export function Dialog(props: DialogProps) {
  return props.open ? createPortal(<OpenDialog {...props} />, document.body) : null
}

function OpenDialog({ onOpenChange, title, description, size = 'md', children }: DialogProps) {
  const t = useTranslations('ui')
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useLayoutEffect(() => {
    const element = dialog.current
    if (!element) return
    const wanted = element.contains(document.activeElement) ? (document.activeElement as HTMLElement) : null // by autoFocus
    element.showModal()
    ;(wanted ?? element.querySelector<HTMLElement>('[data-dialog-title]'))?.focus()
    return () => element.close() // gives the focus back, which taking the element away would not
  }, [])
  // What happens in a dialog within this one, or in a field for files, comes by here too, and is not about this one.
  const closeOwn = (event: SyntheticEvent) => {
    if (event.target !== event.currentTarget) return
    event.preventDefault()
    onOpenChange(false)
  }
  const closeOutside = (event: PointerEvent) => {
    if (event.target === event.currentTarget && isOutside(event)) onOpenChange(false)
  }
  return (
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-title`}
      aria-describedby={description ? `${id}-description` : undefined}
      onCancel={closeOwn}
      onClose={closeOwn}
      onPointerDown={closeOutside}
      className={cx(
        'sheet m-0 mt-auto max-h-[92dvh] w-full max-w-none overflow-y-auto rounded-t-3xl border border-line bg-surface text-ink shadow-pop',
        'sm:m-auto sm:max-h-[88dvh] sm:rounded-3xl',
        widths[size],
      )}
    >
      <div className="p-5 pb-[max(1.25rem,env(safe-area-inset-bottom))] sm:p-7">
        <div className="mb-5 flex items-start justify-between gap-4">
          <div className="min-w-0">
            <h2 id={`${id}-title`} data-dialog-title tabIndex={-1} className="font-semibold text-xl tracking-tight outline-none">
              {title}
            </h2>
            {description && (
              <p id={`${id}-description`} className="mt-1 text-muted text-sm">
                {description}
              </p>
            )}
          </div>
          <button
            type="button"
            aria-label={t('close')}
            onClick={() => onOpenChange(false)}
            className="-m-2 grid size-11 shrink-0 place-items-center rounded-xl text-muted hover:bg-sunken hover:text-ink"
          >
            <X aria-hidden="true" className="size-5" />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  )
}

/** Whether it is the page around that is pressed: a dialog's backdrop and its own scrollbar both say that they are the dialog. */
function isOutside({ clientX, clientY, currentTarget }: PointerEvent): boolean {
  const { top, right, bottom, left } = currentTarget.getBoundingClientRect()
  return clientX < left || clientX > right || clientY < top || clientY > bottom
}
