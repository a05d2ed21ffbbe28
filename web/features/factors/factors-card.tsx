'use client'

import { useMutation } from '@tanstack/react-query'
import { KeyRound, ShieldAlert, Smartphone } from 'lucide-react'
import { useTranslations } from 'next-intl'
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
import { isGuarded } from './factor-proof'
import { AppRow, PasskeyRow, RecoveryRow } from './factor-rows'
import { usePasskeySupport } from './passkey'
import { RecoveryCodesDialog } from './recovery-codes-dialog'
import { useFactors, useMakeCodes } from './use-factors'

const MAX_PASSKEYS = 10

/** The second factors of the person's account: to see, add, name and remove them. */
export function FactorsCard() {
  const t = useTranslations('factors')
  const factors = useFactors()
  return (
    <Card>
      <CardHeader title={t('title')} hint={t('hint')} />
      {factors.isPending && <Skeleton className="h-40" />}
      {factors.isError && !factors.data && <Failure error={factors.error} again={() => factors.refetch()} />}
      {factors.data && <Guards factors={factors.data} />}
    </Card>
  )
}

function Guards({ factors }: { factors: Factors }) {
  const t = useTranslations('factors')
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
          <ul aria-label={t('passkey.list')} className="flex flex-col divide-y divide-line">
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
        <EmptyState icon={<ShieldAlert aria-hidden="true" className="size-6" />} title={t('none.title')} action={adding}>
          {t('none.text')}
        </EmptyState>
      )}
      <RecoveryCodesDialog codes={codes} onClose={() => setCodes(null)} />
    </>
  )
}

function NoCodes({ make }: { make: ReturnType<typeof useMakeCodes> }) {
  const t = useTranslations('factors')
  const action = (
    <Button size="sm" variant="secondary" loading={make.isPending} onClick={() => make.mutate()}>
      {t('recovery.make')}
    </Button>
  )
  return (
    <>
      <Alert tone="warning" title={t('recovery.noneTitle')} action={action} className="my-2">
        {t('recovery.noneText')}
      </Alert>
      {make.isError && <Failure error={make.error} />}
    </>
  )
}

/** The ways to add a factor, with the dialogs behind them. */
function Adding({ factors, onAdded }: { factors: Factors; onAdded: () => void }) {
  const t = useTranslations('factors')
  const support = usePasskeySupport()
  const [open, setOpen] = useState(false)
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null)
  const stepUp = useStepUp()
  const enrol = useMutation({ mutationFn: () => stepUp(api.factors.enrolApp), onSuccess: setEnrolment })
  const isFull = factors.passkeys.length >= MAX_PASSKEYS
  const why = { yes: isFull ? t('tooMany', { max: MAX_PASSKEYS }) : null, none: t('noWebAuthn'), address: t('numericAddress') }[
    support
  ]
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
          {t('addPasskey')}
        </Button>
        {!factors.app && (
          <Button variant="secondary" loading={enrol.isPending} onClick={() => enrol.mutate()}>
            <Smartphone aria-hidden="true" className="size-4" />
            {t('addApp')}
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
