'use client'

import type { DraftItem } from '@fairhold/api/contract/drafts'
import { ImageOff, Trash2 } from 'lucide-react'
import { useLocale, useTimeZone, useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useSession } from '@/features/identity/session'
import { drafts as client } from '@/lib/api/drafts'
import { dateTime } from '@/lib/format'
import { photoUrl } from '@/lib/photos'
import { ButtonLink } from '@/ui/button'
import Link from '@/ui/link'

interface DraftListProps {
  /** The one that is being written. */
  currentId: string | null
}

/** What the seller has begun to write, to go on with or to throw away. */
export function DraftList({ currentId }: DraftListProps) {
  const t = useTranslations('sell')
  const { session } = useSession()
  const [items, setItems] = useState<DraftItem[]>([])
  const address = session?.address
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when another draft is begun
  useEffect(() => {
    if (!address) return setItems([])
    let stale = false
    client
      .list()
      .then((list) => !stale && setItems(list))
      .catch(() => undefined) // the form is of use without the list
    return () => {
      stale = true
    }
  }, [address, currentId])
  const remove = async (id: string) => {
    await client.remove(id)
    setItems((all) => all.filter((one) => one.id !== id))
  }
  const others = items.filter(({ id }) => id !== currentId)
  if (others.length === 0 && !currentId) return null
  return (
    <details className="mb-6 rounded-2xl border border-line bg-surface p-4" open={others.length > 0 && !currentId}>
      <summary className="flex min-h-7 cursor-pointer items-center gap-2 font-medium">
        {t('drafts.heading')} <span className="text-muted">{items.length}</span>
      </summary>
      <ul className="mt-3 flex flex-col divide-y divide-line">
        {others.map((item) => (
          <DraftRow key={item.id} item={item} onRemove={() => void remove(item.id)} />
        ))}
      </ul>
      <div className="mt-3">
        <ButtonLink href="/sell?draft=new" variant="secondary" size="sm">
          {t('drafts.start')}
        </ButtonLink>
      </div>
    </details>
  )
}

function DraftRow({ item, onRemove }: { item: DraftItem; onRemove: () => void }) {
  const t = useTranslations('sell')
  const locale = useLocale()
  const zone = useTimeZone()
  const title = item.title.trim() || t('drafts.untitled')
  const when = dateTime(Math.floor(Date.parse(item.updatedAt) / 1000), locale, zone)
  const href = item.listingId ? `/listings/${item.listingId}/edit` : `/sell?draft=${item.id}`
  return (
    <li className="flex items-center gap-3 py-2.5">
      {item.photo ? (
        <img src={photoUrl(item.photo, 320)} alt="" width={64} height={48} className="h-12 w-16 rounded-lg object-cover" />
      ) : (
        <span className="grid h-12 w-16 place-items-center rounded-lg bg-sunken text-muted">
          <ImageOff aria-hidden="true" className="size-4" />
        </span>
      )}
      <div className="min-w-0 flex-1">
        <Link
          href={href}
          aria-label={t('drafts.open', { title })}
          className="block truncate font-medium hover:underline"
          dir="auto"
        >
          {title}
        </Link>
        <p className="text-muted text-sm">
          {t('drafts.changed', { when })}
          {item.listingId && ` · ${t('drafts.isEdit')}`}
        </p>
      </div>
      <button
        type="button"
        aria-label={t('drafts.remove', { title })}
        onClick={onRemove}
        className="grid size-11 shrink-0 place-items-center rounded-xl hover:bg-sunken"
      >
        <Trash2 aria-hidden="true" className="size-4" />
      </button>
    </li>
  )
}
