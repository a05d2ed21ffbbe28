'use client'

import { useEffect } from 'react'
import { useSession } from '@/features/identity/session'
import { seenListings } from './seen-listings'

/**
 * Notes that this listing was looked at: in this browser, for "recently seen". The API is told too, which keeps it only for who
 * wants recommendations.
 */
export function RecordView({ id, title, photo }: { id: string; title: string; photo: string | null }) {
  const { session } = useSession()
  const isSignedIn = session !== null
  useEffect(() => seenListings.add({ id, title, photo }, Date.now()), [id, title, photo])
  useEffect(() => {
    if (!isSignedIn) return
    const noted = import('@/lib/api/discovery').then(({ discovery }) => discovery.noteView(id))
    noted.catch(() => undefined) // nothing that a visitor waits for
  }, [id, isSignedIn])
  return null
}
