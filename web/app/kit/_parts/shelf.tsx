import type { ReactNode } from 'react'

/** A named place on the kit page. */
export function Shelf({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <h2 className="mb-3 font-semibold text-section">{name}</h2>
      <div className="flex flex-col gap-4">{children}</div>
    </div>
  )
}

/** Things beside each other. */
export function Row({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-3">{children}</div>
}
