'use client'

import { useTranslations } from 'next-intl'
import { problemOf } from '@/features/deals/problem'
import { StepUpCancelled } from '@/features/identity/step-up-cancelled'
import { Alert } from '@/ui/alert'
import { Button } from '@/ui/button'

/** Why something did not work, and the way to try it again. Closing the dialog of the proof is no failure. */
export function Failure({ error, again }: { error: unknown; again?: () => void }) {
  const t = useTranslations('frame.error')
  if (error instanceof StepUpCancelled) return null
  const { title, whatToDo } = problemOf(error)
  const action = again && (
    <Button size="sm" variant="secondary" onClick={again}>
      {t('again')}
    </Button>
  )
  return (
    <Alert tone="danger" title={title} action={action} live>
      {whatToDo}
    </Alert>
  )
}
