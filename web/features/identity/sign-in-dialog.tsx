'use client'

import { useTranslations } from 'next-intl'
import { LazyWords } from '@/i18n/lazy-words'
import type { Session } from '@/lib/api'
import { Dialog } from '@/ui/dialog'
import { signInWith } from './sign-in'
import { WalletPicker } from './wallet-picker'
import { useWalletPrompt, WalletStatus } from './wallet-prompt'

type SignInDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  onSignedIn: (session: Session) => Promise<void>
}

/** Choose a wallet, or on the local chain a person; sign; done. */
export default function SignInDialog(props: SignInDialogProps) {
  return (
    <LazyWords of={['identity']}>
      <SignIn {...props} />
    </LazyWords>
  )
}

function SignIn({ open, onOpenChange, onSignedIn }: SignInDialogProps) {
  const t = useTranslations('identity')
  const { progress, busy, prompt, reset } = useWalletPrompt(async (config, options) =>
    onSignedIn(await signInWith(config, options)),
  )
  const change = (next: boolean) => {
    if (!next) reset()
    onOpenChange(next)
  }
  return (
    <Dialog open={open} onOpenChange={change} title={t('dialog.title')} description={t('dialog.lead')}>
      <div className="flex flex-col gap-6">
        <WalletStatus progress={progress} />
        <WalletPicker busy={busy} onPick={prompt} pickLabel={(name, role) => t('local.pick', { name, role })} />
      </div>
    </Dialog>
  )
}
