'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Failure } from '@/features/settings/failure'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'

type ConfirmDialogProps = {
  /** On the button that opens it, and on the one that does it. */
  action: string
  /** For who cannot see which thing the button belongs to. */
  label: string
  title: string
  text: string
  danger?: boolean
  run: () => Promise<unknown>
}

/** A button for what cannot be undone, which asks once more and says what will happen. */
export function ConfirmDialog({ action, label, title, text, danger = true, run }: ConfirmDialogProps) {
  const t = useTranslations('settings')
  const [open, setOpen] = useState(false)
  const work = useMutation({ mutationFn: run, onSuccess: () => setOpen(false) })
  return (
    <>
      <Button size="sm" variant="secondary" aria-label={label} onClick={() => setOpen(true)}>
        {action}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={title} description={text}>
        {work.isError && <Failure error={work.error} />}
        <div className="mt-4 flex justify-end gap-2">
          <Button variant="secondary" onClick={() => setOpen(false)}>
            {t('keep')}
          </Button>
          <Button variant={danger ? 'danger' : 'primary'} loading={work.isPending} onClick={() => work.mutate()}>
            {action}
          </Button>
        </div>
      </Dialog>
    </>
  )
}
