'use client'

import type { Draft as ServerDraft } from '@fairhold/api/contract/drafts'
import { Check, CloudOff, LaptopMinimal } from 'lucide-react'
import { useLocale, useTimeZone, useTranslations } from 'next-intl'
import { dateTime } from '@/lib/format'
import { Alert } from '@/ui/alert'
import { Button } from '@/ui/button'
import { Spinner } from '@/ui/spinner'
import type { DraftStatus as Status } from './use-draft'

export type Settle = (theirs: ServerDraft, choice: 'theirs' | 'mine' | 'both') => void

/** Where the draft is kept, said quietly; aloud only where the writer has to know. */
export function DraftStatus({ status }: { status: Status }) {
  const t = useTranslations('sell')
  return (
    <p role="status" className="flex min-h-6 items-center gap-1.5 text-muted text-sm">
      {status.at === 'saving' && (
        <>
          <Spinner /> {t('drafts.saving')}
        </>
      )}
      {status.at === 'saved' && (
        <>
          <Check aria-hidden="true" className="size-4 text-success" /> {t('drafts.saved')}
        </>
      )}
      {status.at === 'local' && (
        <>
          <LaptopMinimal aria-hidden="true" className="size-4" /> {t('drafts.local')}
        </>
      )}
      {status.at === 'failed' && (
        <>
          <CloudOff aria-hidden="true" className="size-4 shrink-0 text-warning" /> {t('drafts.failed', { why: status.why })}
        </>
      )}
      {status.at === 'gone' && t('drafts.gone')}
    </p>
  )
}

/** Another tab has saved a newer version: the writer chooses, and nothing is thrown away before. */
export function DraftConflict({ status, settle }: { status: Status; settle: Settle }) {
  const t = useTranslations('sell')
  const locale = useLocale()
  const zone = useTimeZone()
  if (status.at !== 'conflict') return null
  const { theirs } = status
  const when = dateTime(Math.floor(Date.parse(theirs.updatedAt) / 1000), locale, zone)
  return (
    <Alert
      tone="warning"
      live
      title={t('drafts.conflict.title')}
      action={
        <div className="flex flex-wrap gap-2">
          {(['theirs', 'mine', 'both'] as const).map((choice) => (
            <Button key={choice} size="sm" variant="secondary" onClick={() => settle(theirs, choice)}>
              {t(`drafts.conflict.${choice}`)}
            </Button>
          ))}
        </div>
      }
    >
      {t('drafts.conflict.text', { when })}
    </Alert>
  )
}
