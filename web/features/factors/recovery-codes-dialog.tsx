'use client'

import { Copy, Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import type { Words } from '@/i18n/words-of'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { useToast } from '@/ui/toast'

type RecoveryCodesDialogProps = { codes: readonly string[] | null; onClose: () => void }

/** Shows new recovery codes, this once. It stays open until the person says that they have kept them. */
export function RecoveryCodesDialog({ codes, onClose }: RecoveryCodesDialogProps) {
  const t = useTranslations('factors')
  const [early, setEarly] = useState(false)
  const change = (next: boolean) => !next && setEarly(true)
  const done = () => {
    setEarly(false)
    onClose()
  }
  return (
    <Dialog open={codes !== null} onOpenChange={change} title={t('recovery.title')} description={t('recovery.text')}>
      {codes && <Codes codes={codes} early={early} onEarly={() => setEarly(true)} onDone={done} />}
    </Dialog>
  )
}

type CodesProps = { codes: readonly string[]; early: boolean; onEarly: () => void; onDone: () => void }

function Codes({ codes, early, onEarly, onDone }: CodesProps) {
  const t = useTranslations('factors')
  const [kept, setKept] = useState(false)
  const toast = useToast()
  const id = useId()
  const copyAll = async () => {
    await navigator.clipboard.writeText(codes.join('\n'))
    toast(t('recovery.copied'), 'success')
  }
  return (
    <div className="flex flex-col gap-5">
      <ol className="grid gap-x-6 gap-y-1 rounded-xl bg-sunken p-4 font-mono text-sm sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="flex flex-wrap gap-2">
        <Button variant="secondary" onClick={copyAll}>
          <Copy aria-hidden="true" className="size-4" />
          {t('recovery.copy')}
        </Button>
        <Button variant="secondary" onClick={() => download(codes, t)}>
          <Download aria-hidden="true" className="size-4" />
          {t('recovery.download')}
        </Button>
      </div>
      <div>
        <label className="flex min-h-11 items-center gap-3 font-medium">
          <input
            type="checkbox"
            checked={kept}
            aria-describedby={early && !kept ? id : undefined}
            onChange={(event) => setKept(event.target.checked)}
            className="size-5 accent-primary"
          />
          {t('recovery.kept')}
        </label>
        {early && !kept && (
          <p id={id} role="alert" className="font-medium text-danger text-sm">
            {t('recovery.keepFirst')}
          </p>
        )}
      </div>
      <Button block onClick={kept ? onDone : onEarly}>
        {t('recovery.done')}
      </Button>
    </div>
  )
}

/** Saves the codes as a text file, made in the browser: they go nowhere else. */
function download(codes: readonly string[], t: Words<'factors'>): void {
  const text = [t('recovery.fileHead', { site: window.location.host }), '', ...codes, ''].join('\n')
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = t('recovery.file')
  link.click()
  URL.revokeObjectURL(url)
}
