import type { Metadata } from 'next'
import { Card } from '@/ui/card'
import { Timeline } from '@/ui/timeline'

export const metadata: Metadata = { title: 'How it works' }

const steps = [
  {
    title: 'The seller signs an offer',
    detail: 'Title, photos, price, arbiter and deadlines are in one signature. It costs nothing, and nobody can change it later.',
  },
  {
    title: 'The buyer pays into the contract',
    detail:
      'One transaction checks the signature and takes the money into escrow, all at once or, where the seller allows it, in instalments. Nobody owns the contract; nobody can pause it or change it.',
  },
  { title: 'The seller ships', detail: 'If that does not happen in time, the buyer takes everything back, alone.' },
  {
    title: 'The buyer looks it over',
    detail:
      'Content: release the money at once. Silent: the seller is paid when the time to inspect is over. Not content: open a dispute before that.',
  },
  {
    title: 'Both review',
    detail:
      'You sign; it costs nothing. Reviews stay sealed until both are in, or until seven days after the end. Only who traded can write one, once.',
  },
]

const exits = [
  { title: 'You agree', text: 'Release, refund, or sign any split of what is left. Both signatures, no fee to an arbiter.' },
  { title: 'Somebody vanishes', text: 'Every state has a deadline. After it, the side that was let down ends the deal alone.' },
  {
    title: 'You disagree',
    text: 'The arbiter that both accepted reads both statements and signs a ruling. It can only split what is left between the two of you.',
  },
  { title: 'The arbiter vanishes too', text: 'Then the split applies that the offer named for this case.' },
]

const limits = [
  'The contract cannot see into a parcel. Photograph what you send and what you get.',
  'An arbiter can be wrong. Choose one you accept before you buy.',
  'A token’s issuer can freeze it. Deals in other tokens are not touched.',
]

export default function HowItWorksPage() {
  return (
    <main id="main" className="mx-auto flex w-full max-w-3xl flex-col gap-8 px-4 py-8 sm:px-6">
      <div>
        <h1 className="font-semibold text-3xl tracking-tight">How a deal goes</h1>
        <p className="mt-2 text-lg text-muted">Neither side has to trust the other, or us.</p>
      </div>
      <Card>
        <Timeline label="Steps of a deal" items={steps.map((step) => ({ key: step.title, ...step, state: 'done' as const }))} />
      </Card>
      <section aria-labelledby="exits">
        <h2 id="exits" className="mb-4 font-semibold text-xl tracking-tight">
          No deal gets stuck
        </h2>
        <ul className="grid gap-4 sm:grid-cols-2">
          {exits.map(({ title, text }) => (
            <li key={title} className="rounded-2xl border border-line bg-surface p-5 shadow-card">
              <h3 className="font-semibold">{title}</h3>
              <p className="mt-1 text-muted text-sm leading-relaxed">{text}</p>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="limits">
        <h2 id="limits" className="mb-3 font-semibold text-xl tracking-tight">
          What we cannot promise
        </h2>
        <ul className="flex list-disc flex-col gap-1.5 pl-5 leading-relaxed">
          {limits.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </section>
    </main>
  )
}
