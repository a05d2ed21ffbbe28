'use client'

import { useTranslations } from 'next-intl'
import { Alert } from '@/ui/alert'
import { stepNames } from './draft'
import { fieldId } from './fields'
import type { PublishState } from './use-publish'
import type { DraftErrors } from './validate'

interface PublishStatusProps {
  state: PublishState
  missing: DraftErrors
}

/** What is missing, each with the way to its field; or how signing and publishing go. */
export function PublishStatus(props: PublishStatusProps) {
  const { missing, state } = props
  return (
    <>
      {/* There from the beginning, so that what comes into it is read out. */}
      <div role="status" className="contents">
        <Progress {...props} />
      </div>
      {state.at === 'failed' && Object.keys(missing).length === 0 && <Failed state={state} />}
    </>
  )
}

function Progress({ state, missing }: PublishStatusProps) {
  const t = useTranslations('sell')
  const fields = Object.entries(missing)
  if (fields.length > 0) {
    return (
      <Alert tone="warning" title={t('fix.title', { count: fields.length })}>
        {t('fix.text')}
        <FaultList errors={missing} />
      </Alert>
    )
  }
  if (state.at === 'idle' || state.at === 'failed') return null
  return (
    <div className="text-center text-muted text-sm">
      {state.at === 'signing'
        ? t('steps.signing', { at: state.number, count: state.count, what: state.name || t('summary.pickup') })
        : t(`steps.${state.at}`)}
    </div>
  )
}

function Failed({ state }: { state: PublishState & { at: 'failed' } }) {
  const t = useTranslations('sell')
  const { title, whatToDo, mild, detail } = state.problem
  const named = Object.keys(state.errors).length > 0
  return (
    <Alert tone={mild ? 'neutral' : 'danger'} title={title} live>
      {!named && detail} {t('noMoneyMoved')} {whatToDo}{' '}
      {state.signed > 0 && t('signed', { done: state.signed, count: state.count })}
      {named && <FaultList errors={state.errors} />}
    </Alert>
  )
}

/** What is wrong, each with the way to its field; what is no field of the form is told alone. */
function FaultList({ errors }: { errors: DraftErrors }) {
  const nameOf = useFieldName()
  const faults = Object.entries(errors).map(([field, fault]) => ({ field, fault, name: nameOf(field) }))
  return (
    <ul className="mt-2 flex list-disc flex-col gap-1 pl-5">
      {faults.map(({ field, fault, name }) => (
        <li key={field}>
          {name === null ? (
            fault
          ) : (
            <a href={`#${fieldId(field)}`} className="underline underline-offset-4" onClick={(event) => focusField(event, field)}>
              {name}: {fault}
            </a>
          )}
        </li>
      ))}
    </ul>
  )
}

function focusField(event: React.MouseEvent, field: string): void {
  const control = document.getElementById(fieldId(field))
  if (!control) return
  event.preventDefault()
  control.focus({ preventScroll: true })
  control.scrollIntoView({ block: 'center' })
}

const labelled = [
  'title',
  'description',
  'language',
  'category',
  'condition',
  'place',
  'price',
  'token',
  'quantity',
  'expiry',
] as const

/** What the form calls a field; null where it has none of this name. */
function useFieldName(): (field: string) => string | null {
  const t = useTranslations('sell')
  const attributes = useTranslations('attributes')
  return (field) => {
    const [first = '', second = '', third = ''] = field.split('.')
    const known = labelled.find((name) => name === first)
    if (known) return t(`labels.${known}`)
    if (first === 'attributes' && second !== '') return attributes(`name.${second}` as 'name.brand')
    if (first === 'photos') return second === '' ? t('photos.heading') : t('photos.shows', { at: Number(second) + 1 })
    if (first === 'shipping' && third !== '') return t('shipping.choice', { at: Number(second) + 1 })
    if (first === 'shipping') return t('shipping.to')
    if (first === 'deposit' || first === 'funding') return t(`payment.${first}`)
    if (first === 'arbiter') return t('arbiter.legend')
    if (first === 'silent') return t('silent.legend')
    const step = stepNames.find((name) => name === first)
    return step ? t(`windows.${step}`) : null
  }
}
