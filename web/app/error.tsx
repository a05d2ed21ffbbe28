'use client'

import { Alert } from '@/ui/alert'
import { Button } from '@/ui/button'

export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  return (
    <main id="main" className="mx-auto max-w-2xl px-4 py-16">
      <h1 className="mb-6 font-semibold text-3xl tracking-tight">This page could not be shown</h1>
      <Alert tone="warning" title="A part of the marketplace does not answer" action={<Button onClick={reset}>Try again</Button>}>
        Your money is safe: it is in the contract, not here. Deals go on by their deadlines whether this site is up or not.
      </Alert>
    </main>
  )
}
