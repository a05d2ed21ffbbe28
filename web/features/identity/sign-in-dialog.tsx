'use client'

import type { Session } from '@/lib/api'
import { Dialog } from '@/ui/dialog'
import { identityCopy as copy } from './copy'
import { signInWith } from './sign-in'
import { WalletPicker } from './wallet-picker'
import { useWalletPrompt, WalletStatus } from './wallet-prompt'

type SignInDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  onSignedIn: (session: Session) => Promise<void>
}

/** Choose a wallet, or on the local chain a person; sign; done. */
export default function SignInDialog({ open, onOpenChange, onSignedIn }: SignInDialogProps) {
  const { progress, busy, prompt, reset } = useWalletPrompt(async (config, options) =>
    onSignedIn(await signInWith(config, options)),
  )
  const change = (next: boolean) => {
    if (!next) reset()
    onOpenChange(next)
  }
  return (
    <Dialog open={open} onOpenChange={change} title={copy.dialog.title} description={copy.dialog.lead}>
      <div className="flex flex-col gap-6">
        <WalletStatus progress={progress} />
        <WalletPicker busy={busy} onPick={prompt} pickLabel={copy.local.pick} />
      </div>
    </Dialog>
  )
}
