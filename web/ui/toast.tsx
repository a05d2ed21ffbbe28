'use client'

import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react'
import { type Tone, toneClass } from './badge'
import { cx } from './cx'

interface Toast {
  id: number
  text: string
  tone: Tone
}

const SHOWN_MS = 5000
const ToastContext = createContext<((text: string, tone?: Tone) => void) | null>(null)

/** Short messages in the corner, read out by screen readers, gone after a while. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([])
  const nextId = useRef(0)
  const show = useCallback((text: string, tone: Tone = 'neutral') => {
    const id = nextId.current++
    setToasts((shown) => [...shown.slice(-2), { id, text, tone }])
    setTimeout(() => setToasts((shown) => shown.filter((toast) => toast.id !== id)), SHOWN_MS)
  }, [])
  return (
    <ToastContext.Provider value={show}>
      {children}
      <div
        role="status"
        aria-live="polite"
        className="pointer-events-none fixed inset-x-4 bottom-24 z-50 flex flex-col items-center gap-2 sm:bottom-6"
      >
        {toasts.map((toast) => (
          <p
            key={toast.id}
            className={cx('animate-rise rounded-xl border px-4 py-3 font-medium text-sm shadow-pop', toneClass[toast.tone])}
          >
            {toast.text}
          </p>
        ))}
      </div>
    </ToastContext.Provider>
  )
}

/** A function that shows a short message. */
export function useToast(): (text: string, tone?: Tone) => void {
  const show = useContext(ToastContext)
  if (!show) throw new Error('useToast needs ToastProvider above it')
  return show
}
