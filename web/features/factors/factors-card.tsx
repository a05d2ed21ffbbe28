'use client'

import { useMutation } from '@tanstack/react-query'
import { KeyRound, ShieldAlert, Smartphone } from 'lucide-react'
import { useState } from 'react'
import { useStepUp } from '@/features/identity/step-up'
import { Failure } from '@/features/settings/failure'
import { api, type Enrolment, type Factors } from '@/lib/api'
import { Alert } from '@/ui/alert'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { cx } from '@/ui/cx'
import { EmptyState } from '@/ui/empty-state'
import { Skeleton } from '@/ui/skeleton'
import { AddAppDialog } from './add-app-dialog'
import { AddPasskeyDialog } from './add-passkey-dialog'
import { factorsCopy as copy } from './copy'
import { isGuarded } from './factor-proof'
import { AppRow, PasskeyRow, RecoveryRow } from './factor-rows'
import { usePasskeySupport } from './passkey'
import { RecoveryCodesDialog } from './recovery-codes-dialog'
import { useFactors, useMakeCodes } from './use-factors'

const MAX_PASSKEYS = 10

/** The second factors of the person's account: to see, add, name and remove them. */
export function FactorsCard() {
  const factors = useFactors()
  return (
    <Card>
      <CardHeader title={copy.title} hint={copy.hint} />
      {factors.isPending && <Skeleton className="h-40" />}
      {factors.isError && !factors.data && <Failure error={factors.error} again={() => factors.refetch()} />}
      {factors.data && <Guards factors={factors.data} />}
    </Card>
  )
}

function Guards({ factors }: { factors: Factors }) {
  const [codes, setCodes] = useState<string[] | null>(null)
  const make = useMakeCodes(setCodes)
  // Who has just added their first factor has proved themselves with it, and needs a way back if they lose it.
  const onAdded = () => factors.recoveryCodesLeft === 0 && make.mutate()
  const count = factors.passkeys.length + (factors.app ? 1 : 0)
  const adding = <Adding factors={factors} onAdded={onAdded} />
  return (
    <>
      {isGuarded(factors) ? (
        <>
          <ul aria-label={copy.passkey.list} className="flex flex-col divide-y divide-line">
            {factors.passkeys.map((passkey) => (
              <PasskeyRow key={passkey.id} passkey={passkey} last={count === 1} />
            ))}
            {factors.app && <AppRow app={factors.app} last={count === 1} />}
            {factors.recoveryCodesLeft > 0 && <RecoveryRow left={factors.recoveryCodesLeft} make={make} />}
          </ul>
          {factors.recoveryCodesLeft === 0 && <NoCodes make={make} />}
          {adding}
        </>
      ) : (
        <EmptyState icon={<ShieldAlert aria-hidden="true" className="size-6" />} title={copy.none.title} action={adding}>
          {copy.none.text}
        </EmptyState>
      )}
      <RecoveryCodesDialog codes={codes} onClose={() => setCodes(null)} />
    </>
  )
}

function NoCodes({ make }: { make: ReturnType<typeof useMakeCodes> }) {
  const action = (
    <Button size="sm" variant="secondary" loading={make.isPending} onClick={() => make.mutate()}>
      {copy.recovery.make}
    </Button>
  )
  return (
    <>
      <Alert tone="warning" title={copy.recovery.noneTitle} action={action} className="my-2">
        {copy.recovery.noneText}
      </Alert>
      {make.isError && <Failure error={make.error} />}
    </>
  )
}

/** The ways to add a factor, with the dialogs behind them. */
function Adding({ factors, onAdded }: { factors: Factors; onAdded: () => void }) {
  const support = usePasskeySupport()
  const [open, setOpen] = useState(false)
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null)
  const stepUp = useStepUp()
  const enrol = useMutation({ mutationFn: () => stepUp(api.factors.enrolApp), onSuccess: setEnrolment })
  const isFull = factors.passkeys.length >= MAX_PASSKEYS
  const why = { yes: isFull ? copy.tooMany(MAX_PASSKEYS) : null, none: copy.noWebAuthn, address: copy.numericAddress }[support]
  const close = (then?: () => void) => {
    setOpen(false)
    setEnrolment(null)
    then?.()
  }
  return (
    <div className={cx('mt-2 flex flex-col gap-3', !isGuarded(factors) && 'items-center')}>
      <div className={cx('flex flex-wrap gap-2', !isGuarded(factors) && 'justify-center')}>
        <Button
          variant={factors.passkeys.length > 0 ? 'secondary' : 'primary'}
          disabled={why !== null}
          onClick={() => setOpen(true)}
        >
          <KeyRound aria-hidden="true" className="size-4" />
          {copy.addPasskey}
        </Button>
        {!factors.app && (
          <Button variant="secondary" loading={enrol.isPending} onClick={() => enrol.mutate()}>
            <Smartphone aria-hidden="true" className="size-4" />
            {copy.addApp}
          </Button>
        )}
      </div>
      {why && <p className="text-muted text-sm">{why}</p>}
      {enrol.isError && <Failure error={enrol.error} />}
      <AddPasskeyDialog open={open} onClose={() => close()} onAdded={() => close(onAdded)} />
      <AddAppDialog enrolment={enrolment} onClose={() => close()} onAdded={() => close(onAdded)} />
    </div>
  )
}
