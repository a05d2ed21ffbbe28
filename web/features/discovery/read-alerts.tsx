'use client'

import { useEffect } from 'react'
import { discovery } from '@/lib/api/discovery'
import { markAlertsRead } from './use-inbox'

/** Who sees the alerts has read them: the badge is told, while the list still shows which are new. */
export function ReadAlerts({ unread }: { unread: boolean }) {
  useEffect(() => {
    if (unread) discovery.readAlerts().then(markAlertsRead, () => undefined) // they stay unread, and nothing is lost
  }, [unread])
  return null
}
