'use client'

import { useTranslations } from 'next-intl'
import { Alert } from '@/ui/alert'
import { Button } from '@/ui/button'
import { Spinner } from '@/ui/spinner'
import type { Problem } from './problem'
import { TransactionLink } from './transaction-link'
import type { SendState } from './use-send'

/** What can be tried again as it is. The others need something done first, or have ended. */
const retriable: readonly (string | undefined)[] = [
  'wrong-network',
  'wrongNetwork',
  'rejected',
  'dropped',
  'cancelled',
  'unsent',
  'networkDown',
  'unreached',
  'UNREACHABLE',
]

interface SendStatusProps {
  state: SendState
  done?: string
  onRetry?: () => void
}

/** Where a write stands, in words: under way, on the chain, or what went wrong, whether money moved, and the way on. */
export function SendStatus(props: SendStatusProps) {
  const { state, onRetry } = props
  return (
    <>
      {/* There from the beginning, so that what comes into it is read out. */}
      <div role="status" className="contents">
        <Progress {...props} />
      </div>
      {state.at === 'failed' && <Failed problem={state.problem} hash={state.hash} {...(onRetry ? { onRetry } : {})} />}
    </>
  )
}

function Progress({ state, done }: SendStatusProps) {
  const t = useTranslations('send')
  if (state.at === 'idle' || state.at === 'failed') return null
  if (state.at === 'done') {
    if (!done && state.seen) return null
    return (
      <Alert tone="success">
        {done} {!state.seen && t('unseen')}
      </Alert>
    )
  }
  const step = state.at === 'mining' && state.slow ? 'slow' : state.at
  const hash = 'hash' in state ? state.hash : null
  return (
    <div className="flex gap-2 text-muted text-sm">
      <span className="mt-0.5">
        <Spinner />
      </span>
      <p>
        {t(`step.${step}`)} {hash && <TransactionLink hash={hash} />}
      </p>
    </div>
  )
}

function Failed({ problem, hash, onRetry }: { problem: Problem; hash: string | undefined; onRetry?: () => void }) {
  const t = useTranslations('send')
  const { mild, moneyMoved, title, whatToDo } = problem
  const moved = { true: t('moved'), false: t('notMoved'), unknown: t('movedUnknown') }[String(moneyMoved) as 'true']
  const again = onRetry && retriable.includes(problem.code)
  const isNetwork = problem.code === 'wrong-network' || problem.code === 'wrongNetwork'
  return (
    <Alert
      tone={mild ? 'neutral' : 'danger'}
      title={title}
      live
      action={
        again && (
          <Button size="sm" variant="secondary" onClick={onRetry}>
            {isNetwork ? t('switch') : t('again')}
          </Button>
        )
      }
    >
      {problem.detail && `${problem.detail} `}
      {moved} {whatToDo} {hash && <TransactionLink hash={hash} />}
    </Alert>
  )
}
