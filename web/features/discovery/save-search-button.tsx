'use client'

import { Bell, BellRing } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useSession } from '@/features/identity/session'
import { ApiError } from '@/lib/api/client'
import { discovery, type SaveSearch } from '@/lib/api/discovery'
import { Button, buttonClass } from '@/ui/button'
import Link from '@/ui/link'
import { useToast } from '@/ui/toast'

/** Saves the search of this page, to be told of new listings at once. How often is changed on the page of saved things. */
export default function SaveSearchButton({ query, name }: { query: SaveSearch['query']; name: string }) {
  const t = useTranslations('market')
  const toast = useToast()
  const { requireSession } = useSession()
  const [state, setState] = useState<'idle' | 'saving' | 'saved'>('idle')
  const save = async () => {
    if (!(await requireSession())) return
    setState('saving')
    try {
      await discovery.saveSearch({ name: name.slice(0, 80), query, frequency: 'at-once' })
      setState('saved')
      toast(t('save.searchDone'), 'success')
    } catch (error) {
      setState('idle')
      toast(error instanceof ApiError ? error.title : t('save.failed'), 'danger')
    }
  }
  if (state === 'saved') {
    return (
      <Link href="/saved" className={buttonClass({ variant: 'secondary' })}>
        <BellRing aria-hidden="true" className="size-4" />
        <span className="max-sm:sr-only">{t('save.searchSaved')}</span>
      </Link>
    )
  }
  return (
    <Button variant="secondary" loading={state === 'saving'} onClick={save}>
      <Bell aria-hidden="true" className="size-4" />
      <span className="max-sm:sr-only">{t('save.search')}</span>
    </Button>
  )
}
