'use client'

import { Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useLocale, useTimeZone, useTranslations } from 'next-intl'
import { useState } from 'react'
import { ApiError } from '@/lib/api/client'
import { discovery, type SavedSearch } from '@/lib/api/discovery'
import { dateOf } from '@/lib/format'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import Link from '@/ui/link'
import { Select } from '@/ui/select'
import { useToast } from '@/ui/toast'

const frequencies = ['at-once', 'daily', 'off'] as const

/** A saved search: where it leads, what is new, how often to hear of it. */
export function SearchRow({ search, href }: { search: SavedSearch; href: string }) {
  const t = useTranslations('saved')
  const locale = useLocale()
  const zone = useTimeZone()
  const router = useRouter()
  const toast = useToast()
  const [isBusy, setBusy] = useState(false)
  const { id, name, frequency, fresh, seenAt } = search
  const change = async (work: () => Promise<unknown>, done: string) => {
    setBusy(true)
    try {
      await work()
      toast(done, 'success')
      router.refresh()
    } catch (error) {
      toast(error instanceof ApiError ? error.title : t('failed'), 'danger')
    } finally {
      setBusy(false)
    }
  }
  // Whoever opens it has seen what it found; that is no reason to wait for the answer.
  const open = () => {
    discovery.searchSeen(id).catch(() => undefined)
  }
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 p-3 sm:p-4">
      <div className="min-w-0 flex-1 basis-56">
        <Link href={href} onClick={open} className="font-medium underline-offset-4 hover:underline">
          {name}
        </Link>
        <p className="text-muted text-sm">
          {fresh > 0 ? (
            <Badge tone="success">{t('searches.fresh', { count: fresh, date: dateOf(seenAt, locale, zone) })}</Badge>
          ) : (
            t('searches.nothingNew')
          )}
        </p>
      </div>
      <div className="w-44">
        <Select
          key={frequency}
          aria-label={t('searches.frequency', { name })}
          defaultValue={frequency}
          disabled={isBusy}
          options={frequencies.map((value) => ({ value, label: t(`searches.${value}`) }))}
          onChange={({ currentTarget }) => {
            const next = frequencies.find((one) => one === currentTarget.value) ?? frequency
            change(() => discovery.changeSearch(id, { name, frequency: next }), t('searches.changed'))
          }}
        />
      </div>
      <Button
        variant="ghost"
        disabled={isBusy}
        aria-label={t('searches.delete', { name })}
        onClick={() => change(() => discovery.deleteSearch(id), t('searches.deleted'))}
      >
        <Trash2 aria-hidden="true" className="size-4" />
      </Button>
    </li>
  )
}
