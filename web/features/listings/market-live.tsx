'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useLive } from '@/lib/live'
import { Button } from '@/ui/button'

/** Says when the market has changed since the page was made, and fetches it anew when asked: nothing moves under a reader's eyes. */
export function MarketLive() {
  const router = useRouter()
  const [changed, setChanged] = useState(false)
  useLive(['market'], (message) => {
    if (message.type === 'listing') setChanged(true)
  })
  if (!changed) return null
  const refresh = () => {
    setChanged(false)
    router.refresh()
  }
  return (
    <p role="status" className="flex items-center justify-center gap-3 text-sm">
      The market has changed.
      <Button variant="secondary" size="sm" onClick={refresh}>
        Show the new state
      </Button>
    </p>
  )
}
