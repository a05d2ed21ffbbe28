'use client'

import { Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { api, type Enrolment } from '@/lib/api'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { QrCode } from '@/ui/qr-code'
import { useToast } from '@/ui/toast'
import { CodeForm, isAppCode } from './factor-proof'
import { useChangeFactors } from './use-factors'

type AddAppDialogProps = { enrolment: Enrolment | null; onClose: () => void; onAdded: () => void }

/** Shows the secret for an authenticator app, as QR code and text, and has the app prove that it has it. */
export function AddAppDialog({ enrolment, onClose, onAdded }: AddAppDialogProps) {
  const t = useTranslations('factors')
  const confirm = useChangeFactors(api.factors.confirmApp, t('newApp.added'), onAdded)
  return (
    <Dialog
      open={enrolment !== null}
      onOpenChange={(next) => !next && onClose()}
      title={t('newApp.title')}
      description={t('newApp.text')}
    >
      {enrolment && (
        <div className="flex flex-col gap-5">
          <QrCode text={enrolment.uri} label={t('newApp.qr')} className="mx-auto w-full max-w-56 rounded-xl" />
          <Secret text={enrolment.secret} />
          <CodeForm
            label={t('newApp.code')}
            action={t('newApp.confirm')}
            send={confirm.mutateAsync}
            input={{ inputMode: 'numeric', autoComplete: 'one-time-code', maxLength: 7 }}
            check={(code) => (isAppCode(code) ? undefined : t('proof.sixDigits'))}
          />
        </div>
      )}
    </Dialog>
  )
}

function Secret({ text }: { text: string }) {
  const t = useTranslations('factors')
  const toast = useToast()
  const id = useId()
  const copyIt = async () => {
    await navigator.clipboard.writeText(text)
    toast(t('newApp.copied'), 'success')
  }
  return (
    <div>
      <p id={id} className="mb-1.5 font-medium text-sm">
        {t('newApp.typed')}
      </p>
      <div className="flex items-start gap-2">
        {/* biome-ignore lint/a11y/useSemanticElements: a group with a name, of no form */}
        <code role="group" aria-labelledby={id} className="min-w-0 flex-1 break-words rounded-xl bg-sunken px-3.5 py-2.5 text-sm">
          {text.match(/.{1,4}/g)?.join(' ')}
        </code>
        <Button variant="secondary" aria-label={t('newApp.copy')} onClick={copyIt}>
          <Copy aria-hidden="true" className="size-4" />
        </Button>
      </div>
    </div>
  )
}
