'use client'

import { depositOf } from '@fairhold/protocol/deal/amount'
import { ShieldCheck } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import type { Address } from 'viem'
import { useSession } from '@/features/identity/session'
import { api, type Listing } from '@/lib/api'
import { type TokenInfo, tokenOf, useMarketConfig, ZERO_ADDRESS } from '@/lib/chain'
import { useWalletCode } from '@/lib/use-wallet-code'
import { Alert } from '@/ui/alert'
import { Button } from '@/ui/button'
import { Field } from '@/ui/field'
import { Money } from '@/ui/money'
import { Textarea } from '@/ui/textarea'
import { buyCopy as copy } from './buy-copy'
import { PayChoice, type PayPlan } from './pay-choice'
import { SendStatus } from './send-status'
import { useSend } from './use-send'
import { useWallet } from './use-wallet'

const addressKey = (dealId: string): string => `fairhold.address.${dealId}`

/** Everything between looking at a listing and having bought it. */
export function BuyPanel({ listing }: { listing: Listing }) {
  const market = useMarketConfig()
  const { session } = useSession()
  const unit = listing.units.find(({ taken }) => !taken)
  const token = tokenOf(market, listing.token)
  if (!token) return <Alert tone="warning" title={copy.unknownToken} />
  if (listing.status !== 'active' || !unit || listing.available === 0) {
    const words = copy.gone[listing.status === 'active' ? 'sold' : listing.status]
    return (
      <Alert
        tone="neutral"
        title={words.title}
        action={
          <Link href="/" className="font-medium underline underline-offset-4">
            {copy.browse}
          </Link>
        }
      >
        {words.text}
      </Alert>
    )
  }
  if (session?.wallets.includes(listing.seller.address))
    return (
      <Alert tone="info" title={copy.own.title}>
        {copy.own.text}
      </Alert>
    )
  return <BuyForm key={unit.dealId} listing={listing} unit={unit} />
}

function BuyForm({ listing, unit }: { listing: Listing; unit: Listing['units'][number] }) {
  const openWallet = useWalletCode()
  const market = useMarketConfig()
  const router = useRouter()
  const { session } = useSession()
  const wallet = useWallet()
  const [address, setAddress] = useState('')
  const [missing, setMissing] = useState(false)
  const [asked, setAsked] = useState(false) // whoever begins to type is about to buy
  const token = tokenOf(market, listing.token)
  const [plan, setPlan] = useState<PayPlan>('whole')
  const price = BigInt(listing.offer.terms.price)
  const { depositBps, fundingSeconds } = listing.offer.terms
  const deposit = plan === 'deposit' && fundingSeconds > 0 ? depositOf(price, depositBps) : null
  const due = deposit ?? price
  const { dealId } = unit

  const followUp = {
    indexed: async () => (await api.deals.get(dealId)) !== null,
    onDone: async () => {
      const kept = sessionStorage.getItem(addressKey(dealId))
      if (kept) await api.deals.setAddress(dealId, kept).catch(() => undefined) // the deal page asks again
      sessionStorage.removeItem(addressKey(dealId))
      router.push(`/deals/${dealId}`)
    },
  }
  const { state, send, busy } = useSend(`open:${dealId}`, followUp)
  const account = wallet.address
  const balance = useBalance(listing.token, asked ? account : null)
  if (!token) return null
  const short = balance !== null && balance < due

  const buy = async () => {
    setMissing(address.trim().length < 5)
    if (address.trim().length < 5) return
    sessionStorage.setItem(addressKey(dealId), address.trim())
    await send({
      ...followUp,
      prepare: async (from) => {
        const [{ openCall }, { config }] = await Promise.all([import('./open-call'), openWallet()])
        return openCall({ config, market, listing, unit: unit.unit, token, account: from, deposit })
      },
    })
  }

  return (
    <div className="flex flex-col gap-4">
      <Field label={copy.address.label} hint={copy.address.hint} error={missing ? copy.address.missing : undefined}>
        <Textarea
          rows={3}
          value={address}
          onFocus={() => setAsked(true)}
          onChange={(event) => setAddress(event.target.value)}
          autoComplete="street-address"
          maxLength={500}
        />
      </Field>
      {fundingSeconds > 0 && <PayChoice listing={listing} token={token} plan={plan} onChange={setPlan} />}
      {short && (
        <Alert tone="warning" title={copy.short}>
          {copy.youHave} <Money amount={balance ?? 0n} decimals={token.decimals} symbol={token.symbol} />.
        </Alert>
      )}
      <Button size="lg" block loading={busy} disabled={short || state.at === 'done'} onClick={buy}>
        {session ? (
          <>
            {deposit === null ? copy.buy : copy.payDeposit} <Money amount={due} decimals={token.decimals} symbol={token.symbol} />
          </>
        ) : (
          copy.signInToBuy
        )}
      </Button>
      <SendStatus state={state} done={copy.done} />
      <p className="flex gap-2 text-muted text-sm">
        <ShieldCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-primary" />
        {promiseFor(token, deposit)}
      </p>
    </div>
  )
}

/** What the account holds of a token; null until it is known, and for nobody. */
function useBalance(tokenAddress: string, account: Address | null): bigint | null {
  const market = useMarketConfig()
  const openWallet = useWalletCode()
  const [balance, setBalance] = useState<bigint | null>(null)
  useEffect(() => {
    const token = tokenOf(market, tokenAddress)
    if (!token || !account) return
    let gone = false
    const ask = async () => {
      const [{ balanceOf }, { config }] = await Promise.all([import('./pay'), openWallet()])
      const found = await balanceOf({ config, market, token, account })
      if (!gone) setBalance(found)
    }
    ask().catch(() => undefined) // the wallet will say so too
    return () => {
      gone = true
    }
  }, [market, openWallet, tokenAddress, account])
  return account ? balance : null
}

/** What the wallet is about to ask, and where the money goes. */
function promiseFor(token: TokenInfo, deposit: bigint | null): string {
  if (token.address === ZERO_ADDRESS) return copy.promise
  return token.permit && deposit === null ? copy.promisePermit : copy.promiseAllowance
}
