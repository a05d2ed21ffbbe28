'use client'

import { lazy, Suspense, useEffect, useState } from 'react'
import { SEEN_KEY } from './seen-key'

/** Loaded in a browser that has something to show. */
const SeenRow = lazy(() => import('./seen-row'))

/** What was looked at last in this browser. */
export function RecentlySeen() {
  const [hasSeen, setHasSeen] = useState(false)
  useEffect(() => {
    try {
      setHasSeen(localStorage.getItem(SEEN_KEY) !== null)
    } catch {
      // Without storage nothing was kept.
    }
  }, [])
  return (
    hasSeen && (
      <Suspense>
        <SeenRow />
      </Suspense>
    )
  )
}
