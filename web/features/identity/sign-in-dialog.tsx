'use client'

import { devAccounts } from '@fairhold/protocol/dev-accounts'
import { useState } from 'react'
import type { Address } from 'viem'
import { useConfig, useConnectors } from 'wagmi'
import { problemOf } from '@/features/deals/problem'
import type { Session } from '@/lib/api'
import { useMarketConfig } from '@/lib/chain'
import { Alert } from '@/ui/alert'
import { Avatar } from '@/ui/avatar'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Spinner } from '@/ui/spinner'
import { identityCopy as copy } from './copy'
import { LOCAL_WALLET_ID } from './local-wallet'
import { isRejection, type SignInStep, signInWith } from './sign-in'

const people = devAccounts.filter(({ role }) => ['seller', 'buyer', 'arbiter'].includes(role))

type Progress = { at: 'idle' } | { at: SignInStep; wallet: string } | { at: 'failed'; title: string; text: string }

/** Choose a wallet, or on the local chain a person; sign; done. */
export function SignInDialog({
  open,
  onOpenChange,
  onSignedIn,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  onSignedIn: (session: Session) => Promise<void>
}) {
  const config = useConfig()
  const { chainId, devChain } = useMarketConfig()
  const connectors = useConnectors()
  const [progress, setProgress] = useState<Progress>({ at: 'idle' })
  const busy = progress.at === 'connecting' || progress.at === 'signing'
  const local = connectors.find(({ id }) => id === LOCAL_WALLET_ID)
  const injected = connectors.filter(({ id }) => id !== LOCAL_WALLET_ID)

  const signIn = async (connector: (typeof connectors)[number], person?: Address) => {
    try {
      const onStep = (at: SignInStep) => setProgress({ at, wallet: connector.name })
      onStep('connecting')
      const session = await signInWith(config, { connector, chainId, onStep, ...(person ? { person } : {}) })
      setProgress({ at: 'idle' })
      await onSignedIn(session)
    } catch (error) {
      const { title, whatToDo } = problemOf(error)
      setProgress(
        isRejection(error)
          ? { at: 'failed', title: copy.dialog.failedTitle, text: copy.dialog.rejected }
          : { at: 'failed', title, text: whatToDo },
      )
    }
  }

  const change = (next: boolean) => {
    if (!next) setProgress({ at: 'idle' })
    onOpenChange(next)
  }

  return (
    <Dialog open={open} onOpenChange={change} title={copy.dialog.title} description={copy.dialog.lead}>
      <div className="flex flex-col gap-6">
        {busy && (
          <p role="status" className="flex items-center gap-2 text-sm">
            <Spinner /> {progress.at === 'connecting' ? copy.dialog.connecting(progress.wallet) : copy.dialog.signing}
          </p>
        )}
        {progress.at === 'failed' && (
          <Alert tone="warning" title={progress.title} live>
            {progress.text}
          </Alert>
        )}
        <section aria-labelledby="wallets-heading">
          <h3 id="wallets-heading" className="mb-2 font-medium text-sm">
            {copy.dialog.wallets}
          </h3>
          {injected.length === 0 && <p className="text-muted text-sm">{copy.dialog.noWallet}</p>}
          <div className="flex flex-col gap-2">
            {injected.map((connector) => (
              <Button key={connector.uid} variant="secondary" block disabled={busy} onClick={() => signIn(connector)}>
                {connector.icon && <img src={connector.icon} alt="" className="size-5" />}
                {connector.name}
              </Button>
            ))}
          </div>
        </section>
        {devChain && local && (
          <section aria-labelledby="local-heading">
            <div className="mb-2 flex items-center justify-between gap-2">
              <h3 id="local-heading" className="font-medium text-sm">
                {copy.local.title}
              </h3>
              <Badge tone="warning">for development</Badge>
            </div>
            <p className="mb-3 text-muted text-sm">{copy.local.lead}</p>
            <ul className="grid gap-2 sm:grid-cols-2">
              {people.map((person) => (
                <li key={person.address}>
                  <button
                    type="button"
                    disabled={busy}
                    aria-label={copy.local.pick(person.name, person.role)}
                    onClick={() => signIn(local, person.address)}
                    className="flex w-full items-center gap-3 rounded-xl border border-line-strong bg-field p-3 text-left hover:bg-sunken disabled:opacity-60"
                  >
                    <Avatar address={person.address} name={person.name} />
                    <span>
                      <span className="block font-medium">{person.name}</span>
                      <span className="block text-muted text-sm">{person.role}</span>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
            <p className="mt-3 text-sm text-warning">{copy.local.warning}</p>
          </section>
        )}
      </div>
    </Dialog>
  )
}
