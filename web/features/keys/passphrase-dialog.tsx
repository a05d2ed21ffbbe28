'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useCallback, useRef, useState } from 'react'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'

const MIN_LENGTH = 12

type Kind = 'new' | 'known'
type Asking = { kind: Kind; answer: (passphrase: string | null) => void }

/** The person closed the dialog. */
export class PassphraseRefused extends Error {
  override readonly name = 'PassphraseRefused'
}

/** A function that asks the person for a passphrase, and the dialog that it does so in. */
export function usePassphrase() {
  const [asking, setAsking] = useState<Asking | null>(null)
  const count = useRef(0)
  const ask = useCallback(async (kind: Kind): Promise<string> => {
    count.current += 1
    const passphrase = await new Promise<string | null>((answer) => setAsking({ kind, answer }))
    setAsking(null)
    if (passphrase === null) throw new PassphraseRefused('no passphrase was given')
    return passphrase
  }, [])
  const dialog = <PassphraseDialog key={count.current} asking={asking} />
  return { ask, dialog }
}

function PassphraseDialog({ asking }: { asking: Asking | null }) {
  const t = useTranslations('keys')
  const isNew = asking?.kind === 'new'
  const [words, setWords] = useState({ first: '', second: '' })
  const [wrong, setWrong] = useState<{ first?: string; second?: string }>({})
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isNew && words.first.length < MIN_LENGTH) return setWrong({ first: t('passphrase.short') })
    if (isNew && words.first !== words.second) return setWrong({ second: t('passphrase.differs') })
    asking?.answer(words.first)
  }
  const input = (name: 'first' | 'second') => (
    <Input
      type="password"
      autoComplete={isNew ? 'new-password' : 'current-password'}
      value={words[name]}
      onChange={(event) => setWords({ ...words, [name]: event.target.value })}
    />
  )
  return (
    <Dialog
      open={asking !== null}
      onOpenChange={(open) => !open && asking?.answer(null)}
      title={isNew ? t('passphrase.newTitle') : t('passphrase.knownTitle')}
      description={isNew ? t('passphrase.newText') : t('passphrase.knownText')}
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-5">
        <Field label={t('passphrase.field')} hint={isNew ? t('passphrase.hint') : undefined} error={wrong.first}>
          {input('first')}
        </Field>
        {isNew && (
          <Field label={t('passphrase.again')} error={wrong.second}>
            {input('second')}
          </Field>
        )}
        <Button type="submit">{t('passphrase.action')}</Button>
      </form>
    </Dialog>
  )
}
