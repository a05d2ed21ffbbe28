'use client'

import { Check, Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Alert } from '@/ui/alert'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'

/** A secret that is shown this once, with the way to copy it. */
export function SecretOnce({ title, secret, onDone }: { title: string; secret: string | null; onDone: () => void }) {
  const t = useTranslations('oauth')
  const [copied, setCopied] = useState(false)
  const take = async () => {
    await navigator.clipboard.writeText(secret ?? '')
    setCopied(true)
  }
  const close = () => {
    setCopied(false)
    onDone()
  }
  return (
    <Dialog open={secret !== null} onOpenChange={(next) => !next && close()} title={title}>
      <div className="flex flex-col gap-4">
        <Alert tone="warning">{t('once.warning')}</Alert>
        <code className="break-all rounded-xl border border-line-strong bg-sunken p-4 text-sm" data-testid="secret">
          {secret}
        </code>
        <div className="flex flex-wrap justify-end gap-2">
          <Button variant="secondary" onClick={take}>
            {copied ? <Check aria-hidden="true" className="size-4" /> : <Copy aria-hidden="true" className="size-4" />}
            {copied ? t('once.copied') : t('once.copy')}
          </Button>
          <Button onClick={close}>{t('once.done')}</Button>
        </div>
      </div>
    </Dialog>
  )
}
