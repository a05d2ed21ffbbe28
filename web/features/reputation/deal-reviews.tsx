'use client'

import { reputationAbi } from '@fairhold/protocol/abi/reputation'
import { parseTerms } from '@fairhold/protocol/deal/terms'
import { Star } from 'lucide-react'
import { useState } from 'react'
import { type Abi, type Address, bytesToHex } from 'viem'
import type { DealPart } from '@/features/deals/deal-part'
import { SendStatus } from '@/features/deals/send-status'
import { useSend } from '@/features/deals/use-send'
import { useSession } from '@/features/identity/session'
import { api } from '@/lib/api'
import { useMarketConfig } from '@/lib/chain'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { cx } from '@/ui/cx'
import { Field } from '@/ui/field'
import { Score } from '@/ui/stars'
import { Textarea } from '@/ui/textarea'

/** Reviews of an ended deal: yours to write, theirs to read once both are in. */
export function DealReviews(part: DealPart) {
  const { deal, viewer } = part
  const { session } = useSession()
  const ended = deal.endedAt !== null && deal.state !== 'cancelled'
  if (!ended) return null
  const isParty = viewer === 'buyer' || viewer === 'seller'
  const mine = deal.reviews.find(({ author }) => author === session?.address)
  const closed = deal.reviews.some(({ sealed }) => !sealed)
  if (!isParty && deal.reviews.length === 0) return null
  return (
    <Card>
      <CardHeader title="Reviews" hint="Sealed until both sides have written theirs, or seven days after the first." />
      <ul className="flex flex-col gap-3">
        {deal.reviews.map((review) => (
          <li key={review.author} className="rounded-xl bg-sunken p-4 text-sm">
            <p className="flex flex-wrap items-center gap-2 font-medium">
              {review.author === deal.buyer.address ? 'The buyer about the seller' : 'The seller about the buyer'}
              {review.sealed ? <Badge tone="info">Sealed</Badge> : <Score score={review.score ?? 0} />}
            </p>
            {review.text && <p className="mt-1 whitespace-pre-line break-words">{review.text}</p>}
          </li>
        ))}
      </ul>
      {isParty && !mine && !closed && <ReviewForm {...part} />}
    </Card>
  )
}

function ReviewForm({ deal, viewer, refresh }: DealPart) {
  const market = useMarketConfig()
  const [score, setScore] = useState(0)
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const indexed = async () => ((await api.deals.get(deal.id))?.reviews.length ?? 0) > deal.reviews.length
  const { state, send, busy } = useSend(`review:${deal.id}:${viewer}`, { indexed, onDone: refresh })
  const submit = () => {
    setTried(true)
    if (score === 0) return
    void send({
      indexed,
      onDone: refresh,
      prepare: async () => {
        const secret = bytesToHex(crypto.getRandomValues(new Uint8Array(32)))
        const { commitment } = await api.reputation.seal({ dealId: deal.id, score, text, secret })
        return {
          abi: reputationAbi as Abi,
          address: market.reputation as Address,
          functionName: 'commit',
          args: [parseTerms(deal.terms), commitment],
        }
      },
    })
  }
  return (
    <div className="mt-4 flex flex-col gap-4">
      <ScoreInput score={score} onChange={setScore} error={tried && score === 0} />
      <Field label="Your review" optional hint="It cannot be changed later, and nobody can read it before theirs is in.">
        <Textarea rows={4} value={text} onChange={(event) => setText(event.target.value)} maxLength={1000} />
      </Field>
      <Button className="self-start" loading={busy} onClick={submit}>
        Seal the review
      </Button>
      <SendStatus state={state} />
    </div>
  )
}

function ScoreInput({ score, onChange, error }: { score: number; onChange: (score: number) => void; error: boolean }) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-sm">How was it?</legend>
      <div className="flex">
        {[1, 2, 3, 4, 5].map((star) => (
          <label
            key={star}
            className="grid size-11 cursor-pointer place-items-center rounded-lg has-focus-visible:outline-2 has-focus-visible:outline-focus"
          >
            <input
              type="radio"
              name="score"
              value={star}
              checked={score === star}
              onChange={() => onChange(star)}
              className="sr-only"
            />
            <span className="sr-only">
              {star} {star === 1 ? 'star' : 'stars'}
            </span>
            <Star aria-hidden="true" className={cx('size-7', star <= score ? 'fill-star text-star' : 'text-line-strong')} />
          </label>
        ))}
      </div>
      {error && (
        <p role="alert" className="font-medium text-danger text-sm">
          Choose one to five stars.
        </p>
      )}
    </fieldset>
  )
}
