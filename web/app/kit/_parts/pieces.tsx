import { states } from '@fairhold/protocol/deal/state'
import { SearchX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { stateTones } from '@/features/deals/shown'
import { Address } from '@/ui/address'
import { Alert } from '@/ui/alert'
import { Avatar } from '@/ui/avatar'
import { Badge, type Tone } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { Countdown } from '@/ui/countdown'
import { EmptyState } from '@/ui/empty-state'
import { Money } from '@/ui/money'
import { Skeleton } from '@/ui/skeleton'
import { Spinner } from '@/ui/spinner'
import { Score, Stars } from '@/ui/stars'
import { Timeline } from '@/ui/timeline'
import { Row, Shelf } from './shelf'

const tones: readonly Tone[] = ['neutral', 'info', 'success', 'warning', 'danger']
const ADDRESS = '0x70997970c51812dc3a010c7d01b50e0d17dc79c8'
const FAR_OFF = 4_102_444_800 // the year 2100
const steps = [
  { key: 'paid', title: 'Paid', detail: 'The money waits in the contract.', state: 'done' as const },
  { key: 'shipped', title: 'On its way', at: '9 Nov 2026, 14:05 UTC', state: 'now' as const },
  { key: 'delivered', title: 'Delivered', state: 'ahead' as const },
]
const rows = [
  { step: 'To ship', time: '5 days', after: 'The buyer takes all back' },
  { step: 'To inspect', time: '3 days', after: 'The seller is paid' },
]

/** What only shows something: every state of a deal, messages, people, amounts, what is on its way, what is not there. */
export function Pieces() {
  const t = useTranslations('deals')
  return (
    <>
      <Shelf name="States of a deal">
        <Row>
          {states.map((state) => (
            <Badge key={state} tone={stateTones[state]}>
              {t(`state.${state}`)}
            </Badge>
          ))}
        </Row>
      </Shelf>
      <Shelf name="Messages">
        {tones.map((tone) => (
          <Alert key={tone} tone={tone} title={`A message that is ${tone}`} action={<Button size="sm">Do it</Button>}>
            What happened, whether money moved, what to do next.
          </Alert>
        ))}
      </Shelf>
      <Shelf name="People, amounts, times">
        <Row>
          <Avatar address={ADDRESS} name="Ada" size="sm" />
          <Avatar address={ADDRESS} name="Ada" />
          <Avatar address={ADDRESS} name="Ada" size="lg" />
          <Stars average={4.6} count={31} />
          <Stars average={null} count={0} />
          <Score score={3} />
        </Row>
        <Row>
          <Address value={ADDRESS} />
          <Money amount={1_234_567_890n} decimals={6} symbol="tUSD" />
          <Countdown until={FAR_OFF} offset={0} />
          <Spinner />
        </Row>
      </Shelf>
      <Shelf name="A card, a table">
        <Card>
          <CardHeader
            title="Deadlines"
            hint="A table that turns into cards on phones."
            action={<Badge tone="info">open</Badge>}
          />
          <table className="rows-on-phones w-full text-left text-sm">
            <thead>
              <tr>
                <th scope="col">Step</th>
                <th scope="col">Time</th>
                <th scope="col">Afterwards</th>
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {rows.map(({ step, time, after }) => (
                <tr key={step}>
                  <td data-label="Step">{step}</td>
                  <td data-label="Time">{time}</td>
                  <td data-label="Afterwards">{after}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Card>
      </Shelf>
      <Shelf name="In order, on its way, not there">
        <Timeline label="A deal" items={steps} />
        <Skeleton className="h-24" />
        <EmptyState
          icon={<SearchX aria-hidden="true" className="size-6" />}
          title="Nothing was found"
          action={<Button variant="secondary">Clear the filters</Button>}
        >
          Why it is empty, and what to do about it.
        </EmptyState>
      </Shelf>
    </>
  )
}
