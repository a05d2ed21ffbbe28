'use client'

import type { ReactNode } from 'react'
import { Alert } from '@/ui/alert'
import { Dialog } from '@/ui/dialog'
import { actionWords, type DealVerb, earlyRelease } from './action-copy'
import { DisputeForm, ExtendForm, PartForm, ShipForm, SplitForm } from './action-forms'
import type { DealPart } from './deal-part'
import { FormButtons } from './form-buttons'
import { FundForm, FundPartForm } from './fund-forms'
import { PayoutPreview } from './payout-preview'
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
  const { action } = part
  const words = actionWords[verb]
  const submit: ActionFormProps['submit'] = (args, pay) =>
    void action.act({ verb, onDone: onClose, ...(args ? { args } : {}), ...(pay === undefined ? {} : { pay }) })
  const Form = forms[verb] ?? ConfirmForm
  const warning = verb === 'release' || verb === 'releasePart' ? earlyRelease[part.deal.state] : undefined
  return (
    <Dialog open onOpenChange={(open) => !open && !action.busy && onClose()} title={words.title} description={words.explain}>
      <div className="flex flex-col gap-4">
        {warning && <Alert tone="warning">{warning}</Alert>}
        <Form part={part} verb={verb} submit={submit} onClose={onClose} />
        <SendStatus state={action.state} />
      </div>
    </Dialog>
  )
}

/** Nothing to fill in: yes or no. */
function ConfirmForm({ part, verb, submit, onClose }: ActionFormProps) {
  const words = actionWords[verb]
  const danger = 'danger' in words && words.danger
  return (
    <>
      <PayoutPreview deal={part.deal} verb={verb} />
      <FormButtons busy={part.action.busy} label={words.button} danger={danger} onSubmit={() => submit()} onClose={onClose} />
    </>
  )
}
