'use client'

import { ShieldCheck } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import type { Address } from 'viem'
import { SendEnded } from '@/features/deals/problem'
import { SendStatus } from '@/features/deals/send-status'
import { useOneStep } from '@/features/deals/use-one-step'
import { useSend } from '@/features/deals/use-send'
import { useWallet } from '@/features/deals/use-wallet'
import { useSession } from '@/features/identity/session'
import { useRelay } from '@/features/relay/use-relay'
import { api, type Listing } from '@/lib/api'
import { type Bid, bids } from '@/lib/api/bids'
import { relay } from '@/lib/api/relay'
import { type TokenInfo, useMarketConfig, ZERO_ADDRESS } from '@/lib/chain'
import { money } from '@/lib/format'
import { Alert } from '@/ui/alert'
import { Button, ButtonLink } from '@/ui/button'
import { Card } from '@/ui/card'
import { useToast } from '@/ui/toast'
import { type Choice, dealsOfUnit } from './choices'
import { deliverAddress } from './deliver-address'
import { forgetDraft, keepDraft } from './draft'
import type { Purchase } from './open-call'
import { type Sender, useTip } from './sender-choice'
import { isUnderWay, payingKey } from './started'
import { useBalance } from './use-balance'

export interface PayButtonProps {
  listing: Listing
  counter: Bid | null
  choice: Choice
  unit: Listing['units'][number]
  token: TokenInfo
  price: bigint
  deposit: bigint | null
  sender: Sender
  address: string
  /** Something is missing in the form. */
  blocked: boolean
  onBlocked: () => void
  /** Told whether a payment is under way: what is bought is not changed then. */
  onBusy: (busy: boolean) => void
}

/** The one button that pays, what the wallet will ask when it is pressed, and where the payment stands. */
export function PayButton(props: PayButtonProps) {
  const { blocked, choice, counter, deposit, listing, onBlocked, onBusy, price, sender, token } = props
  const t = useTranslations('checkout')
  const locale = useLocale()
  const { session } = useSession()
  const { tip } = useTip(token)
  const { buy, state, busy } = usePurchase(props)
  useEffect(() => onBusy(busy), [busy, onBusy])
  const due = (deposit ?? price) + (sender === 'relayer' ? (tip ?? 0n) : 0n)
  const held = useBalance(token)
  const short = held !== null && held < due
  const press = () => (blocked ? onBlocked() : void buy())
  const shown = money(due, token, locale)
  const asks = asksOf({ token, deposit, sender })
  const oneStep = useOneStep(asks === 'allowance')
  const label = !session ? t('signIn') : deposit === null ? t('buyFor', { amount: shown }) : t('payDeposit', { amount: shown })
  return (
    <Card>
      <div className="flex flex-col gap-4">
        {short && (
          <Alert tone="warning" title={t('short.title')}>
            {t('short.text', { amount: money(held, token, locale) })}
          </Alert>
        )}
        <Button size="lg" block loading={busy} disabled={short || state.at === 'done'} onClick={press}>
          {label}
        </Button>
        <SendStatus state={state} done={t('done')} onRetry={press} />
        {state.at === 'failed' && state.problem.code === 'taken' && (
          <ButtonLink variant="secondary" href={`/?category=${listing.category}`}>
            {t('similar')}
          </ButtonLink>
        )}
        <p className="flex gap-2 text-muted text-sm">
          <ShieldCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-primary" />
          {t(`asks.${oneStep ? 'together' : asks}`)}
        </p>
        {counter && <p className="text-muted text-sm">{t('takesCounter')}</p>}
        {choice.units.length > 1 && <p className="text-muted text-sm">{t('oneOf')}</p>}
      </div>
    </Card>
  )
}

/** What the wallet is about to ask. */
function asksOf({ token, deposit, sender }: Pick<PayButtonProps, 'token' | 'deposit' | 'sender'>) {
  if (sender === 'relayer') return 'relayed'
  if (token.address === ZERO_ADDRESS) return 'coins'
  return (token.permit || token.authorization) && deposit === null ? 'signature' : 'allowance'
}

function usePurchase({ listing, counter, choice, unit, token, deposit, sender, address }: PayButtonProps) {
  const market = useMarketConfig()
  const router = useRouter()
  const toast = useToast()
  const t = useTranslations('checkout')
  const { tip } = useTip(token)
  const [relayed, setRelayed] = useState(false)
  const dealId = counter?.id ?? unit.dealId
  const followUp = {
    indexed: async () => (await api.deals.get(dealId)) !== null,
    onDone: async () => {
      await deliverAddress(dealId)
      forgetDraft(listing.id)
      toast(deposit === null ? t('bought') : t('begun'), 'success')
      router.push(`/deals/${dealId}`)
    },
  }
  const own = useSend(payingKey(dealId), followUp)
  const byRelayer = useRelay(payingKey(dealId), { id: dealId }, followUp)
  const wallet = useWallet()
  const siblings = dealsOfUnit(listing, unit.unit)
  const purchaseOf = async (account: Address): Promise<Purchase> => {
    // In another tab, or with a page that was left: the chain does not know of it yet.
    const others = siblings.filter((id) => id !== dealId)
    if (others.some((id) => isUnderWay(id, market.chainId, [account]))) throw new SendEnded('underway', null)
    const relayed = await Promise.all(others.map(relay.ofDeal))
    if (relayed.some((one) => one?.status === 'queued' || one?.status === 'sending')) throw new SendEnded('underway', null)
    if (!counter) return { offer: choice.offer, signature: choice.signature, unit: unit.unit, siblings }
    const { offer, signature } = await bids.accept(counter.id)
    return { offer, signature, unit: 0, siblings: [...siblings, counter.id] }
  }
  const buy = async () => {
    if (choice.kind === 'ship') keepDraft(dealId, { address: address.trim() })
    setRelayed(sender === 'relayer')
    if (sender === 'relayer') {
      await byRelayer.send({
        ...followUp,
        handIn: async (account, key) => {
          const [{ relayedPurchase }, { config }] = await Promise.all([import('./open-call'), wallet.open()])
          const body = await relayedPurchase({ config, market, token, account }, await purchaseOf(account), tip ?? 0n)
          return body && relay.open(body, key)
        },
      })
      return
    }
    await own.send({
      ...followUp,
      prepare: async (account) => {
        const [{ purchaseCall }, { config }] = await Promise.all([import('./open-call'), wallet.open()])
        return purchaseCall({ config, market, token, account }, await purchaseOf(account), deposit)
      },
    })
  }
  // What a reload found on its way counts, whichever way it went.
  const active = relayed || byRelayer.busy || (own.state.at === 'idle' && byRelayer.state.at !== 'idle') ? byRelayer : own
  return { buy, state: active.state, busy: own.busy || byRelayer.busy }
}
