'use client'

import { useMutation } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { Failure } from '@/features/settings/failure'
import type { Words } from '@/i18n/words-of'
import { ApiError, api, type Factors, type Session } from '@/lib/api'
import { Alert } from '@/ui/alert'
import { Button } from '@/ui/button'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Tabs } from '@/ui/tabs'
import { provePasskey, usePasskeySupport } from './passkey'

type Proved = { onProved: (session: Session) => Promise<void> }

/** Whether a wallet is not enough for this person. */
export const isGuarded = ({ passkeys, app }: Factors): boolean => passkeys.length > 0 || app !== null

/** The ways to prove who one is that this person has; the surest that works here shows first. */
export function FactorProof({ factors, onProved }: Proved & { factors: Factors }) {
  const t = useTranslations('factors')
  const support = usePasskeySupport()
  const ways = [
    {
      value: 'passkey',
      label: t('proof.passkey'),
      has: factors.passkeys.length > 0,
      content: <PasskeyProof onProved={onProved} />,
    },
    { value: 'app', label: t('proof.app'), has: factors.app !== null, content: <AppProof onProved={onProved} /> },
    {
      value: 'recovery',
      label: t('proof.recovery'),
      has: factors.recoveryCodesLeft > 0,
      content: <RecoveryProof onProved={onProved} />,
    },
  ].filter(({ has }) => has)
  const usable = ways.find(({ value }) => value !== 'passkey' || support === 'yes') ?? ways[0]
  const [chosen, setChosen] = useState<string | null>(null)
  return (
    <>
      {ways.length === 1 ? (
        ways[0]?.content
      ) : (
        <Tabs label={t('proof.waysLabel')} tabs={ways} value={chosen ?? usable?.value ?? ''} onValueChange={setChosen} />
      )}
      <p className="mt-6 text-muted text-sm">{t('proof.lost')}</p>
    </>
  )
}

function PasskeyProof({ onProved }: Proved) {
  const t = useTranslations('factors')
  const support = usePasskeySupport()
  const prove = useMutation({ mutationFn: provePasskey, onSuccess: onProved })
  if (support !== 'yes') {
    return <Alert tone="warning">{support === 'none' ? t('noWebAuthn') : t('numericAddress')}</Alert>
  }
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted text-sm">{t('proof.passkeyText')}</p>
      {prove.isError && <Failure error={prove.error} />}
      <Button block loading={prove.isPending} onClick={() => prove.mutate()}>
        <KeyRound aria-hidden="true" className="size-5" />
        {t('proof.usePasskey')}
      </Button>
    </div>
  )
}

function AppProof({ onProved }: Proved) {
  const t = useTranslations('factors')
  return (
    <CodeForm
      label={t('proof.appCode')}
      hint={t('proof.appHint')}
      action={t('proof.prove')}
      send={api.factors.proveCode}
      onDone={onProved}
      input={{ inputMode: 'numeric', autoComplete: 'one-time-code', maxLength: 7 }}
      check={(code) => (isAppCode(code) ? undefined : t('proof.sixDigits'))}
    />
  )
}

function RecoveryProof({ onProved }: Proved) {
  const t = useTranslations('factors')
  return (
    <CodeForm
      label={t('proof.recoveryCode')}
      hint={t('proof.recoveryHint')}
      action={t('proof.prove')}
      send={api.factors.proveRecovery}
      onDone={onProved}
      input={{ autoComplete: 'off', autoCapitalize: 'none', spellCheck: false, maxLength: 40 }}
      check={(code) => (code.replaceAll(/[\s-]/g, '').length === 16 ? undefined : t('proof.sixteen'))}
    />
  )
}

/** Whether it looks like what an app shows: six digits, maybe with a space between. */
export const isAppCode = (code: string): boolean => /^\d{6}$/.test(code.replaceAll(/\s/g, ''))

type CodeFormProps<T> = {
  label: string
  hint?: string
  action: string
  send: (code: string) => Promise<T>
  onDone?: (answer: T) => Promise<void> | void
  check: (code: string) => string | undefined
  input: React.ComponentProps<'input'>
}

/** One field for a code. What was wrong with it stands beside it. */
export function CodeForm<T>({ label, hint, action, send, onDone, check, input }: CodeFormProps<T>) {
  const t = useTranslations('factors')
  const [code, setCode] = useState('')
  const [found, setFound] = useState<string | undefined>()
  const prove = useMutation({ mutationFn: send, onSuccess: (answer) => onDone?.(answer), onError: () => setCode('') })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wrong = check(code)
    setFound(wrong)
    if (wrong) prove.reset()
    else prove.mutate(code.trim())
  }
  const said = saidOf(prove.error, t)
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <Field label={label} hint={hint} error={found ?? said}>
        <Input {...input} value={code} onChange={(event) => setCode(event.target.value)} />
      </Field>
      {prove.isError && !said && <Failure error={prove.error} />}
      <Button type="submit" block loading={prove.isPending}>
        {action}
      </Button>
    </form>
  )
}

/** What to say beside the field; undefined for what is not about the code. */
function saidOf(error: unknown, t: Words<'factors'>): string | undefined {
  if (!(error instanceof ApiError)) return undefined
  if (error.code === 'PROOF_REFUSED') return t('proof.wrong')
  return error.code === 'TOO_MANY_TRIES' ? `${error.title}. ${error.detail}` : undefined
}
