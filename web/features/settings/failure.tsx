'use client'

import { useTranslations } from 'next-intl'
import { problemOf } from '@/features/deals/problem'
import { StepUpCancelled } from '@/features/identity/step-up-cancelled'
import { isAllAt } from '@/lib/faults'
import { Alert } from '@/ui/alert'
import { Button } from '@/ui/button'

interface FailureProps {
  error: unknown
  again?: () => void
  /** Fields of the form that say themselves what is wrong with them. */
  fields?: readonly string[]
}

/** Why something did not work, and the way to try it again. Closing the dialog of the proof is no failure. */
export function Failure({ error, again, fields = [] }: FailureProps) {
  const t = useTranslations('frame.error')
  if (error instanceof StepUpCancelled || isAllAt(error, fields)) return null
  const { detail, title, whatToDo } = problemOf(error)
  const action = again && (
    <Button size="sm" variant="secondary" onClick={again}>
      {t('again')}
    </Button>
  )
  return (
    <Alert tone="danger" title={title} action={action} live>
      {detail} {whatToDo}
    </Alert>
  )
}
