'use client'

import { Copy } from 'lucide-react'
import { useId } from 'react'
import { api, type Enrolment } from '@/lib/api'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { QrCode } from '@/ui/qr-code'
import { useToast } from '@/ui/toast'
import { factorsCopy } from './copy'
import { CodeForm, isAppCode } from './factor-proof'
import { useChangeFactors } from './use-factors'

const copy = factorsCopy.newApp

type AddAppDialogProps = { enrolment: Enrolment | null; onClose: () => void; onAdded: () => void }

/** Shows the secret for an authenticator app, as QR code and text, and has the app prove that it has it. */
export function AddAppDialog({ enrolment, onClose, onAdded }: AddAppDialogProps) {
  const confirm = useChangeFactors(api.factors.confirmApp, copy.added, onAdded)
  return (
    <Dialog open={enrolment !== null} onOpenChange={(next) => !next && onClose()} title={copy.title} description={copy.text}>
      {enrolment && (
        <div className="flex flex-col gap-5">
          <QrCode text={enrolment.uri} label={copy.qr} className="mx-auto w-full max-w-56 rounded-xl" />
          <Secret text={enrolment.secret} />
          <CodeForm
            label={copy.code}
            action={copy.confirm}
            send={confirm.mutateAsync}
            input={{ inputMode: 'numeric', autoComplete: 'one-time-code', maxLength: 7 }}
            check={(code) => (isAppCode(code) ? undefined : factorsCopy.proof.sixDigits)}
          />
        </div>
      )}
    </Dialog>
  )
}

function Secret({ text }: { text: string }) {
  const toast = useToast()
  const id = useId()
  const copyIt = async () => {
    await navigator.clipboard.writeText(text)
    toast(copy.copied, 'success')
  }
  return (
    <div>
      <p id={id} className="mb-1.5 font-medium text-sm">
        {copy.typed}
      </p>
      <div className="flex items-start gap-2">
        {/* biome-ignore lint/a11y/useSemanticElements: a group with a name, of no form */}
        <code role="group" aria-labelledby={id} className="min-w-0 flex-1 break-words rounded-xl bg-sunken px-3.5 py-2.5 text-sm">
          {text.match(/.{1,4}/g)?.join(' ')}
        </code>
        <Button variant="secondary" aria-label={copy.copy} onClick={copyIt}>
          <Copy aria-hidden="true" className="size-4" />
        </Button>
      </div>
    </div>
  )
}
