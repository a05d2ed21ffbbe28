'use client'

import { useTranslations } from 'next-intl'
import { FactorProof, isGuarded } from '@/features/factors/factor-proof'
import { useFactors } from '@/features/factors/use-factors'
import { Failure } from '@/features/settings/failure'
import { LazyWords } from '@/i18n/lazy-words'
import { api, type Session } from '@/lib/api'
import { Queries } from '@/lib/queries'
import { Dialog } from '@/ui/dialog'
import { Skeleton } from '@/ui/skeleton'
import { useSession } from './session'
import { signWith } from './sign-in'
import { WalletPicker } from './wallet-picker'
import { useWalletPrompt, WalletStatus } from './wallet-prompt'

type StepUpDialogProps = { open: boolean; onProved: (session: Session) => Promise<void>; onClose: () => void }

/** Prove again who you are: with a second factor, or with a wallet if you have none. */
export default function StepUpDialog(props: StepUpDialogProps) {
  return (
    <LazyWords of={['identity', 'factors']}>
      <StepUp {...props} />
    </LazyWords>
  )
}

function StepUp({ open, onProved, onClose }: StepUpDialogProps) {
  const t = useTranslations('identity')
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title={t('stepUp.title')} description={t('stepUp.lead')}>
      <Queries>
        <Proof onProved={onProved} />
      </Queries>
    </Dialog>
  )
}

function Proof({ onProved }: Pick<StepUpDialogProps, 'onProved'>) {
  const factors = useFactors()
  if (factors.data) {
    return isGuarded(factors.data) ? (
      <FactorProof factors={factors.data} onProved={onProved} />
    ) : (
      <WalletProof onProved={onProved} />
    )
  }
  return factors.isError ? <Failure error={factors.error} again={() => factors.refetch()} /> : <Skeleton className="h-40" />
}

/** By a signature of one of the account's wallets. */
function WalletProof({ onProved }: Pick<StepUpDialogProps, 'onProved'>) {
  const t = useTranslations('identity')
  const { session } = useSession()
  const { progress, busy, prompt } = useWalletPrompt(async (config, options) =>
    onProved(await api.identity.prove(await signWith(config, 'prove', options))),
  )
  const mine = session?.wallets ?? []
  return (
    <div className="flex flex-col gap-6">
      <p className="text-muted text-sm">{t('stepUp.byWallet')}</p>
      <WalletStatus progress={progress} />
      <WalletPicker
        busy={busy}
        onPick={prompt}
        offers={({ address }) => mine.includes(address.toLowerCase())}
        pickLabel={(name, role) => t('stepUp.pick', { name, role })}
      />
    </div>
  )
}
