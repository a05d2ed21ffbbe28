'use client'

import { Alert } from '@/ui/alert'
import { Spinner } from '@/ui/spinner'
import { sendWords } from './copy'
import type { SendState } from './use-send'

/** Where a write stands, in words: under way, on the chain, or what went wrong and whether money moved. */
export function SendStatus({ state, done }: { state: SendState; done?: string }) {
  if (state.at === 'idle') return null
  if (state.at === 'failed') {
    const { title, moneyMoved, whatToDo, mild } = state.problem
    return (
      <Alert tone={mild ? 'neutral' : 'danger'} title={title} live>
        {moneyMoved === false && `${sendWords.noMoneyMoved} `}
        {moneyMoved === true && `${sendWords.moneyMoved} `}
        {moneyMoved === 'unknown' && `${sendWords.moneyUnknown} `}
        {whatToDo}
      </Alert>
    )
  }
  if (state.at === 'done') {
    if (!done && state.seen) return null
    return (
      <Alert tone="success" live>
        {done} {!state.seen && sendWords.unseen}
      </Alert>
    )
  }
  return (
    <p role="status" className="flex items-center gap-2 text-muted text-sm">
      <Spinner /> {sendWords[state.at]}
    </p>
  )
}
