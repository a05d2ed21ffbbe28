import { ButtonLink } from '@/ui/button'
import { EmptyState } from '@/ui/empty-state'

export default function NotFound() {
  return (
    <main id="main" className="mx-auto max-w-2xl px-4 py-16">
      <h1 className="sr-only">Not found</h1>
      <EmptyState title="There is nothing here" action={<ButtonLink href="/">Back to the market</ButtonLink>}>
        The address may be mistyped, or what was here is gone.
      </EmptyState>
    </main>
  )
}
