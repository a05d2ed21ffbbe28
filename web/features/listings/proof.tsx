'use client'

import { FileSignature } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { Listing } from '@/lib/api'

/** With all that hashing and checking signatures takes: loaded by who wants to check. */
const ProofCheck = lazy(() => import('./proof-check'))

interface ProofProps {
  listing: Listing
  title: string
  running: ReactNode
  /** What can be read, and downloaded, without scripts. */
  children: ReactNode
}

/**
 * Checks in the reader's browser, once it is opened, that what the page shows is what the seller signed: content, every offer, every
 * signature. The summary then says what came out.
 */
export function Proof({ listing, title, running, children }: ProofProps) {
  const [opened, setOpened] = useState(false)
  const [verdict, setVerdict] = useState<ReactNode>(null)
  return (
    <details
      className="rounded-2xl border border-line bg-surface p-4 text-sm"
      onToggle={(event) => event.currentTarget.open && setOpened(true)}
    >
      <summary className="flex min-h-7 cursor-pointer items-center gap-2 font-medium">
        {verdict === null && <FileSignature aria-hidden="true" className="size-5 text-muted" />}
        <span role="status" className="flex items-center gap-2">
          {verdict ?? title}
        </span>
      </summary>
      <div className="mt-3 flex flex-col gap-3 text-muted">
        {opened && (
          <Suspense fallback={running}>
            <ProofCheck listing={listing} running={running} onVerdict={setVerdict} />
          </Suspense>
        )}
        {children}
      </div>
    </details>
  )
}
