'use client'

import { useEffect, useState } from 'react'

/** Whether somebody has said no to an offer in this browser, and the way to say so. Until that is known it counts as said. */
export function useDismissed(key: string): [isDismissed: boolean, dismiss: () => void] {
  const [isDismissed, setDismissed] = useState(true)
  useEffect(() => {
    try {
      setDismissed(localStorage.getItem(key) === 'no')
    } catch {
      setDismissed(true)
    }
  }, [key])
  const dismiss = () => {
    setDismissed(true)
    try {
      localStorage.setItem(key, 'no')
    } catch {
      // It is asked again another time.
    }
  }
  return [isDismissed, dismiss]
}
