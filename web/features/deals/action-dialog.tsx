'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, type ReactNode, useRef } from 'react'
import { Alert } from '@/ui/alert'
import { Dialog } from '@/ui/dialog'
import { focusInvalid } from '@/ui/focus-invalid'
import { DisputeForm, ExtendForm, PartForm, ShipForm, SplitForm } from './action-forms'
import type { DealPart } from './deal-part'
import { type DealVerb, isDangerous, isEarly } from './deal-verbs'
import { FormButtons } from './form-buttons'
import { FundForm, FundPartForm } from './fund-forms'
import { PayoutPreview } from './payout-preview'
import { RelayToggle } from './relay-toggle'
import { SendStatus } from './send-status'
import type { DealAction } from './use-deal-action'

export interface ActionFormProps {
  part: DealPart
  verb: DealVerb
  /** Carries the action out with what was filled in. */
  submit: (args?: DealAction['args'], pay?: bigint) => void
  onClose: () => void
}

const forms: Partial<Record<DealVerb, (props: ActionFormProps) => ReactNode>> = {
  fund: FundForm,
  fundPart: FundPartForm,
  ship: ShipForm,
  releasePart: PartForm,
  refundPart: PartForm,
  extend: ExtendForm,
  dispute: DisputeForm,
  settle: SplitForm,
}

/** Says what an action does to the money, asks what it needs, and follows it to its end. */
export function ActionDialog({ verb, part, onClose }: { verb: DealVerb; part: DealPart; onClose: () => void }) {
  const t = useTranslations('deals')
  const { action, deal } = part
  const again = useRef<(() => void) | undefined>(undefined)
  const submit: ActionFormProps['submit'] = (args, pay) => {
    const act = () => void action.act({ verb, onDone: onClose, ...(args ? { args } : {}), ...(pay === undefined ? {} : { pay }) })
    again.current = act
    act()
  }
  const Form = forms[verb] ?? ConfirmForm
  const early = (verb === 'release' || verb === 'releasePart') && isEarly(deal.state) ? deal.state : null
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !action.busy && onClose()}
      title={t(`action.${verb}.title`)}
      description={t(`action.${verb}.explain`)}
    >
      <div className="flex flex-col gap-4">
        {early && <Alert tone="warning">{t(`early.${early}`)}</Alert>}
        <RelayToggle part={part} verb={verb} />
        <form noValidate onSubmit={lookOver} className="contents">
          <Form part={part} verb={verb} submit={submit} onClose={onClose} />
        </form>
        <SendStatus state={action.state} onRetry={() => again.current?.()} />
      </div>
    </Dialog>
  )
}

/** The button has sent it by now, or said what is missing. */
function lookOver(event: FormEvent<HTMLFormElement>): void {
  event.preventDefault()
  focusInvalid(event.currentTarget)
}

/** Nothing to fill in: yes or no. */
function ConfirmForm({ part, verb, submit, onClose }: ActionFormProps) {
  const t = useTranslations('deals')
  return (
    <>
      <PayoutPreview deal={part.deal} verb={verb} />
      <FormButtons
        busy={part.action.busy}
        label={t(`action.${verb}.button`)}
        danger={isDangerous(verb)}
        onSubmit={() => submit()}
        onClose={onClose}
      />
    </>
  )
}
