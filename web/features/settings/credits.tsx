'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import type { Abi, Address } from 'viem'
import { SendStatus } from '@/features/deals/send-status'
import { useSend } from '@/features/deals/use-send'
import { type TokenInfo, tokensOf, useMarketConfig } from '@/lib/chain'
import { useWalletCode } from '@/lib/use-wallet-code'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { Money } from '@/ui/money'
import { Skeleton } from '@/ui/skeleton'
import { useToast } from '@/ui/toast'

/** What the contract keeps for `account` outside of deals, and the way to take it out. */
export function Credits({ account }: { account: Address }) {
  const t = useTranslations('settings')
  const market = useMarketConfig()
  return (
    <Card>
      <CardHeader title={t('credits.title')} hint={t('credits.hint')} />
      <ul className="flex flex-col divide-y divide-line">
        {tokensOf(market).map((token) => (
          <Credit key={token.address} token={token} account={account} />
        ))}
      </ul>
    </Card>
  )
}

function useCredit(token: TokenInfo, account: Address) {
  const t = useTranslations('settings')
  const market = useMarketConfig()
  const toast = useToast()
  const openWallet = useWalletCode()
  const escrow = market.escrow as Address
  const credit = useQuery({
    queryKey: ['credit', market.chainId, token.address, account],
    queryFn: async () => {
      const [{ escrowAbi }, { config, readContract }] = await Promise.all([import('@fairhold/protocol/abi/escrow'), openWallet()])
      const call = { abi: escrowAbi, address: escrow, chainId: market.chainId } as const
      return readContract(config, { ...call, functionName: 'creditOf', args: [token.address, account] })
    },
  })
  const followUp = {
    indexed: async () => true, // read from the chain itself: the block is enough
    onDone: async () => {
      await credit.refetch()
      toast(t('credits.done', { symbol: token.symbol }), 'success')
    },
  }
  const { state, send, busy } = useSend(`withdraw:${token.address}:${account}`, followUp)
  const withdraw = () =>
    send({
      ...followUp,
      prepare: async (from) => {
        const { escrowAbi } = await import('@fairhold/protocol/abi/escrow')
        return { abi: escrowAbi as Abi, address: escrow, functionName: 'withdraw', args: [token.address, from] }
      },
    })
  return { credit, state, busy, withdraw }
}

function Credit({ token, account }: { token: TokenInfo; account: Address }) {
  const frame = useTranslations('frame.error')
  const t = useTranslations('settings')
  const { credit, state, busy, withdraw } = useCredit(token, account)
  const amount = credit.data
  return (
    <li className="flex flex-col gap-3 py-3 first:pt-0 last:pb-0">
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-3">
        {amount !== undefined && (
          <Money amount={amount} decimals={token.decimals} symbol={token.symbol} className="break-all font-medium" />
        )}
        {credit.isPending && <Skeleton className="h-6 w-28" />}
        {credit.isError && amount === undefined && <span className="text-danger text-sm">{t('credits.failed')}</span>}
        {credit.isError && amount === undefined ? (
          <Button size="sm" variant="secondary" onClick={() => credit.refetch()}>
            {frame('again')}
          </Button>
        ) : (
          <Button
            size="sm"
            variant="secondary"
            aria-label={t('credits.label', { symbol: token.symbol })}
            loading={busy}
            disabled={!amount}
            onClick={withdraw}
          >
            {t('credits.withdraw')}
          </Button>
        )}
      </div>
      <SendStatus state={state} />
    </li>
  )
}
