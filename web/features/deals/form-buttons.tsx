'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/ui/button'

/** The buttons at the end of every form in a dialog. Enter in a field presses the one that sends it. */
export function FormButtons({
  busy,
  label,
  danger = false,
  onSubmit,
  onClose,
}: {
  busy: boolean
  label: string
  danger?: boolean
  onSubmit: () => void
  onClose: () => void
}) {
  const t = useTranslations('deals')
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <Button variant="ghost" onClick={onClose} disabled={busy}>
        {t('steps.cancel')}
      </Button>
      <Button type="submit" variant={danger ? 'danger' : 'primary'} loading={busy} onClick={onSubmit}>
        {label}
      </Button>
    </div>
  )
}
