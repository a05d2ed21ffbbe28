'use client'

import { itemHash } from '@fairhold/protocol/listing/content'
import { CircleAlert, CircleCheck } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Listing } from '@/lib/api'
import { Address } from '@/ui/address'

/** Hashes the page's content here, in the reader's browser, and compares it with the hash that the seller signed. */
export function Proof({ listing }: { listing: Listing }) {
  const [matches, setMatches] = useState<boolean | null>(null)
  useEffect(() => {
    const shown = listing.title === listing.content.title && listing.description === listing.content.description
    setMatches(shown && itemHash(listing.content) === listing.offer.terms.itemHash)
  }, [listing])
  return (
    <details className="rounded-2xl border border-line bg-surface p-4 text-sm">
      <summary className="flex min-h-7 cursor-pointer items-center gap-2 font-medium">
        {matches === false ? (
          <CircleAlert aria-hidden="true" className="size-5 text-danger" />
        ) : (
          <CircleCheck aria-hidden="true" className="size-5 text-primary" />
        )}
        {matches === null
          ? 'Signed by the seller'
          : matches
            ? 'What you see is what the seller signed'
            : 'This page differs from what the seller signed'}
      </summary>
      <p className="mt-3 text-muted">
        Text, photos, price and terms are in one signature (EIP-712). Your browser hashed this page and compared: content hash{' '}
        <Address value={listing.itemHash} label="Copy content hash" />
      </p>
    </details>
  )
}
