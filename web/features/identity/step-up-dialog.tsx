'use client'

import { api, type Session } from '@/lib/api'
import { Dialog } from '@/ui/dialog'
import { identityCopy } from './copy'
import { useSession } from './session'
import { signWith } from './sign-in'
import { WalletPicker } from './wallet-picker'
import { useWalletPrompt, WalletStatus } from './wallet-prompt'

const copy = identityCopy.stepUp

type StepUpDialogProps = { open: boolean; onProved: (session: Session) => Promise<void>; onClose: () => void }

/** Prove again who you are. */
export function StepUpDialog({ open, onProved, onClose }: StepUpDialogProps) {
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title={copy.title} description={copy.lead}>
      <WalletProof onProved={onProved} />
    </Dialog>
  )
}

/** By a signature of one of the account's wallets. */
function WalletProof({ onProved }: Pick<StepUpDialogProps, 'onProved'>) {
  const { session } = useSession()
  const { progress, busy, prompt } = useWalletPrompt(async (config, options) =>
    onProved(await api.identity.prove(await signWith(config, 'prove', options))),
  )
  const mine = session?.wallets ?? []
  return (
    <div className="flex flex-col gap-6">
      <WalletStatus progress={progress} />
      <WalletPicker
        busy={busy}
        onPick={prompt}
        offers={({ address }) => mine.includes(address.toLowerCase())}
        pickLabel={copy.pick}
      />
    </div>
  )
}
