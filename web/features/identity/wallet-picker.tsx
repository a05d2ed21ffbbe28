'use client'

import { type DevAccount, devAccounts } from '@fairhold/protocol/dev-accounts'
import { useTranslations } from 'next-intl'
import type { Address } from 'viem'
import type { Connector } from 'wagmi'
import { useMarketConfig } from '@/lib/chain'
import { Avatar } from '@/ui/avatar'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Skeleton } from '@/ui/skeleton'
import { LOCAL_WALLET_ID } from './local-wallet'
import { useConnectors } from './use-connectors'

type WalletPickerProps = {
  busy: boolean
  onPick: (connector: Connector, person?: Address) => void
  /** Which people of the development wallet to offer; those with a part in the market by default. */
  offers?: (person: DevAccount) => boolean
  /** What picking a person does, for who cannot see. */
  pickLabel: (name: string, role: string) => string
}

const plays = ({ role }: DevAccount): boolean => ['seller', 'buyer', 'arbiter'].includes(role)

/** The wallets of this browser, and on the local chain its people. */
export function WalletPicker({ busy, onPick, offers = plays, pickLabel }: WalletPickerProps) {
  const t = useTranslations('identity')
  const { devChain } = useMarketConfig()
  const found = useConnectors()
  const connectors = found ?? []
  const local = connectors.find(({ id }) => id === LOCAL_WALLET_ID)
  const injected = connectors.filter(({ id }) => id !== LOCAL_WALLET_ID)
  return (
    <>
      <section aria-labelledby="wallets-heading">
        <h3 id="wallets-heading" className="mb-2 font-medium text-sm">
          {t('dialog.wallets')}
        </h3>
        {found && injected.length === 0 && <p className="text-muted text-sm">{t('dialog.noWallet')}</p>}
        <div className="flex flex-col gap-2">
          {injected.map((connector) => (
            <Button
              key={connector.uid}
              variant="secondary"
              block
              aria-disabled={busy || undefined}
              onClick={() => busy || onPick(connector)}
            >
              {connector.icon && <img src={connector.icon} alt="" className="size-5" />}
              {connector.name}
            </Button>
          ))}
        </div>
      </section>
      {!found && <Skeleton className="h-64" />}
      {devChain && local && (
        <section aria-labelledby="local-heading">
          <div className="mb-2 flex items-center justify-between gap-2">
            <h3 id="local-heading" className="font-medium text-sm">
              {t('local.title')}
            </h3>
            <Badge tone="warning">{t('local.badge')}</Badge>
          </div>
          <p className="mb-3 text-muted text-sm">{t('local.lead')}</p>
          <ul className="grid gap-2 sm:grid-cols-2">
            {devAccounts.filter(offers).map((person) => (
              <li key={person.address}>
                <button
                  type="button"
                  aria-disabled={busy || undefined}
                  aria-label={pickLabel(person.name, t(`local.roles.${person.role}`))}
                  onClick={() => busy || onPick(local, person.address)}
                  className="flex w-full items-center gap-3 rounded-xl border border-line-strong bg-field p-3 text-left hover:bg-sunken aria-disabled:opacity-60"
                >
                  <Avatar address={person.address} name={person.name} />
                  <span>
                    <span className="block font-medium">{person.name}</span>
                    <span className="block text-muted text-sm">{t(`local.roles.${person.role}`)}</span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
          <p className="mt-3 text-sm text-warning">{t('local.warning')}</p>
        </section>
      )}
    </>
  )
}
