'use client'

import { Sparkles, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { ListingCard } from '@/features/listings/listing-card'
import { discovery, type Recommendation } from '@/lib/api/discovery'
import { useMarketConfig } from '@/lib/chain'
import { isolated } from '@/lib/isolated'
import { Button } from '@/ui/button'
import { useToast } from '@/ui/toast'
import { useDismissed } from './use-dismissed'

type State = { wanted: boolean; items: Recommendation[] }

/** What somebody may like, for who wants that. Who is signed in and has not said so yet is asked once, and can say no for good. */
export default function Recommended({ account }: { account: string }) {
  const [state, setState] = useState<State | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another account has other recommendations
  useEffect(() => {
    setState(null)
    let isStale = false
    load().then(
      (loaded) => !isStale && setState(loaded),
      () => undefined, // the market is whole without it
    )
    return () => {
      isStale = true
    }
  }, [account])
  if (state === null) return null
  return state.wanted ? <Shown items={state.items} onEnd={setState} /> : <Offer onBegin={setState} />
}

async function load(): Promise<State> {
  const { wanted } = await discovery.personal()
  return { wanted, items: wanted ? (await discovery.recommendations()).items : [] }
}

function Shown({ items, onEnd }: { items: readonly Recommendation[]; onEnd: (state: State) => void }) {
  const t = useTranslations('personal')
  const toast = useToast()
  const config = useMarketConfig()
  if (items.length === 0) return null
  const end = async () => {
    await discovery.want(false)
    toast(t('ended'), 'success')
    onEnd({ wanted: false, items: [] })
  }
  return (
    <section aria-labelledby="recommended">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <h2 id="recommended" className="flex items-center gap-2 font-semibold text-lg">
          <Sparkles aria-hidden="true" className="size-5 text-primary" />
          {t('title')}
        </h2>
        <Button variant="ghost" size="sm" onClick={() => end().catch(() => toast(t('failed'), 'danger'))}>
          {t('end')}
        </Button>
      </div>
      <ul className="-mx-4 flex gap-4 overflow-x-auto px-4 pb-3 sm:mx-0 sm:px-0">
        {items.map(({ listing, reason }) => (
          <li key={listing.id} className="flex w-52 shrink-0 flex-col sm:w-60">
            <ListingCard listing={listing} config={config} sizes="(min-width: 640px) 238px, 206px" />
            <p className="mt-1.5 line-clamp-2 text-muted text-xs">
              {t(`${reason.by}.${reason.kind}`, { title: isolated(reason.title) })}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Offer({ onBegin }: { onBegin: (state: State) => void }) {
  const t = useTranslations('personal')
  const toast = useToast()
  const [isDismissed, dismiss] = useDismissed('fairhold.recommendations')
  if (isDismissed) return null
  const begin = async () => {
    await discovery.want(true)
    toast(t('begun'), 'success')
    onBegin(await load())
  }
  return (
    <section
      aria-label={t('title')}
      className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-2xl border border-line bg-surface px-4 py-3 text-sm"
    >
      <Sparkles aria-hidden="true" className="size-5 text-primary" />
      <p className="min-w-0 flex-1 basis-64">{t('offer')}</p>
      <Button size="sm" variant="secondary" onClick={() => begin().catch(() => toast(t('failed'), 'danger'))}>
        {t('begin')}
      </Button>
      <button
        type="button"
        onClick={dismiss}
        aria-label={t('no')}
        className="grid size-11 place-items-center rounded-xl text-muted hover:bg-sunken"
      >
        <X aria-hidden="true" className="size-4" />
      </button>
    </section>
  )
}
