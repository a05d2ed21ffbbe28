import Link from 'next/link'

/** The line at the end of every page. */
export function Footer({ devChain }: { devChain: boolean }) {
  return (
    <footer className="mt-16 border-line border-t">
      <div className="mx-auto flex max-w-6xl flex-col gap-2 px-4 py-8 text-muted text-sm sm:flex-row sm:justify-between sm:px-6">
        <p>Fairhold. The money waits in a contract that nobody owns.</p>
        <p className="flex gap-4">
          <Link href="/how-it-works" className="underline underline-offset-4 hover:text-ink">
            How it works
          </Link>
          {devChain && <span>Local chain, play money</span>}
        </p>
      </div>
    </footer>
  )
}
