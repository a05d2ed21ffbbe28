import { CalendarClock, Clock, Gavel, PackageCheck, ShieldCheck, Wallet } from 'lucide-react'
import type { Listing } from '@/lib/api'
import { type MarketConfig, tokenOf } from '@/lib/chain-tokens'
import { duration, percent, shortHex } from '@/lib/format'
import { Card, CardHeader } from '@/ui/card'

/** What protects a buyer, in plain words, all of it from the signed offer. */
export function Protection({ listing, config }: { listing: Listing; config: MarketConfig }) {
  const { terms } = listing.offer
  const arbiter = config.arbiters.find(({ address }) => address === terms.arbiter)
  const token = tokenOf(config, listing.token)
  const points = [
    {
      icon: Wallet,
      text: `Your money waits in the contract${token ? ` as ${token.symbol}` : ''}. Neither the seller nor this market can touch it.`,
    },
    ...(terms.fundingSeconds > 0
      ? [
          {
            icon: CalendarClock,
            text: `You may pay in instalments: at least ${percent(terms.depositBps)} now and the rest within ${duration(terms.fundingSeconds)}. If you do not, you get back all you paid.`,
          },
        ]
      : []),
    { icon: Clock, text: `The seller has ${duration(terms.shipSeconds)} to ship. If not, you take everything back.` },
    {
      icon: PackageCheck,
      text: `After delivery you have ${duration(terms.inspectionSeconds)} to look it over. Say nothing, and the seller is paid.`,
    },
    {
      icon: Gavel,
      text: `If you disagree, ${arbiter?.name ?? shortHex(terms.arbiter)} rules within ${duration(terms.rulingSeconds)}. The fee for a ruling is ${percent(terms.arbiterFeeBps)} of what is left. If no ruling comes, ${percent(terms.silentAwardBps)} goes back to you.`,
    },
    {
      icon: ShieldCheck,
      text: `The market earns ${percent(terms.operatorFeeBps)}, taken from what the seller is paid. You pay the price and nothing more.`,
    },
  ]
  return (
    <Card>
      <CardHeader title="What protects you" />
      <ul className="flex flex-col gap-3 text-sm leading-relaxed">
        {points.map(({ icon: Icon, text }) => (
          <li key={text} className="flex gap-3">
            <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-primary" />
            {text}
          </li>
        ))}
      </ul>
    </Card>
  )
}
