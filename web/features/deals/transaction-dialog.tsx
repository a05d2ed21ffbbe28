'use client'

import { useQuery } from '@tanstack/react-query'
import { useLocale, useTimeZone, useTranslations } from 'next-intl'
import { useMarketConfig } from '@/lib/chain'
import { dateTime, number } from '@/lib/format'
import { Queries } from '@/lib/queries'
import { useWalletCode } from '@/lib/use-wallet-code'
import { Address } from '@/ui/address'
import { Alert } from '@/ui/alert'
import { Dialog } from '@/ui/dialog'
import { Money } from '@/ui/money'
import { Skeleton } from '@/ui/skeleton'

type DialogProps = { hash: string; onClose: () => void }

/** The facts of a transaction's receipt, read from the node: for chains that no block explorer shows. */
export function TransactionDialog(props: DialogProps) {
  return (
    <Queries>
      <Inner {...props} />
    </Queries>
  )
}

function Inner({ hash, onClose }: DialogProps) {
  const t = useTranslations('receipt')
  const { chainId } = useMarketConfig()
  const openWallet = useWalletCode()
  const { data, isError } = useQuery({
    queryKey: ['receipt', hash],
    queryFn: async () => {
      const [{ receiptOf }, { config }] = await Promise.all([import('./receipt'), openWallet()])
      return receiptOf({ config, chainId }, hash as `0x${string}`)
    },
  })
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('title')} description={t('hint')}>
      {isError && <Alert tone="warning" title={t('away')} />}
      {data === undefined && !isError && <Skeleton className="h-40" />}
      {data === null && <Alert tone="neutral" title={t('unknown')} />}
      {data && <Facts receipt={data} />}
    </Dialog>
  )
}

function Facts({ receipt }: { receipt: NonNullable<Awaited<ReturnType<typeof import('./receipt').receiptOf>>> }) {
  const t = useTranslations('receipt')
  const locale = useLocale()
  const zone = useTimeZone()
  const { block, confirmations, fee, from, gasUsed, hash, status, time, to, value } = receipt
  const coins = (amount: bigint) => <Money amount={amount} decimals={18} symbol="ETH" />
  const rows = [
    [t('status'), t(`statuses.${status}`)],
    [t('hash'), <Address key="hash" value={hash} label={t('copyHash')} />],
    [t('block'), block === null ? t('none') : `${number(block, locale)} · ${t('confirmations', { count: confirmations })}`],
    [t('time'), time === null ? t('none') : dateTime(time, locale, zone)],
    [t('from'), <Address key="from" value={from} label={t('copyAddress')} />],
    [t('to'), to ? <Address key="to" value={to} label={t('copyAddress')} /> : t('none')],
    [t('value'), coins(value)],
    [t('gas'), gasUsed === null ? t('none') : number(gasUsed, locale)],
    [t('fee'), fee === null ? t('none') : coins(fee)],
  ] as const
  return (
    <dl className="flex flex-col gap-2 text-sm">
      {rows.map(([label, value]) => (
        <div key={label} className="flex flex-wrap justify-between gap-x-4">
          <dt className="text-muted">{label}</dt>
          <dd className="min-w-0 break-words text-right">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
