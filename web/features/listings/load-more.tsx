'use client'

import { useRouter } from 'next/navigation'
import { type MouseEvent, type ReactNode, useTransition } from 'react'
import { buttonClass } from '@/ui/button'
import { Spinner } from '@/ui/spinner'

/** A link to the same page with more on it: what is there stays where it is. */
export function LoadMore({ href, children }: { href: string; children: ReactNode }) {
  const router = useRouter()
  const [isLoading, start] = useTransition()
  const load = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return
    event.preventDefault()
    start(() => router.replace(href, { scroll: false }))
  }
  return (
    <a href={href} onClick={load} aria-busy={isLoading || undefined} className={buttonClass({ variant: 'secondary' })}>
      {isLoading && <Spinner />}
      {children}
    </a>
  )
}
