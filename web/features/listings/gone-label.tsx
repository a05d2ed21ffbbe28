import type { ReactNode } from 'react'

/** Over the photo of what cannot be had any more: seen before the price is. */
export function GoneLabel({ children }: { children: ReactNode }) {
  return (
    <span className="pointer-events-none absolute top-3 left-3 rounded-full bg-ink px-3 py-1 font-semibold text-page text-sm shadow-card">
      {children}
    </span>
  )
}
