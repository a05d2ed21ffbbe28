'use client'

import { useTranslations } from 'next-intl'
import { problemOf } from '@/features/deals/problem'
import { ApiError } from '@/lib/api'
import { Alert } from '@/ui/alert'
import { Button } from '@/ui/button'

/** Why something did not work. What the API found wrong with a credential is said too. */
export function ShowFailure({ error, again }: { error: unknown; again?: () => void }) {
  const t = useTranslations('frame.error')
  const { title, whatToDo } = problemOf(error)
  const detail = error instanceof ApiError && error.code === 'CREDENTIAL_REFUSED' ? error.detail : null
  const action = again && (
    <Button size="sm" variant="secondary" onClick={again}>
      {t('again')}
    </Button>
  )
  return (
    <Alert tone="danger" title={title} action={action} live>
      {detail && <p className="break-words">{detail}</p>}
      <p>{whatToDo}</p>
    </Alert>
  )
}
