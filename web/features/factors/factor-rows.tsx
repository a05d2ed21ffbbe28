'use client'

import { KeyRound, LifeBuoy, type LucideIcon, Smartphone } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Failure } from '@/features/settings/failure'
import { api, type Factors, type Passkey } from '@/lib/api'
import { faultAt } from '@/lib/faults'
import { useFormat } from '@/lib/use-format'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { useChangeFactors, type useMakeCodes } from './use-factors'

/** A thing that guards the account, with what can be done about it. */
export function Row({
  icon: Icon,
  title,
  text,
  children,
}: {
  icon: LucideIcon
  title: ReactNode
  text: string
  children: ReactNode
}) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 py-4">
      <div className="flex min-w-0 items-center gap-3">
        <span className="grid size-10 shrink-0 place-items-center rounded-full bg-primary-soft text-primary">
          <Icon aria-hidden="true" className="size-5" />
        </span>
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-2 break-words font-medium">{title}</p>
          <p className="mt-0.5 text-muted text-sm">{text}</p>
        </div>
      </div>
      <div className="flex gap-2">{children}</div>
    </li>
  )
}

/** One passkey. `last`: whether it is the only factor. */
export function PasskeyRow({ passkey, last }: { passkey: Passkey; last: boolean }) {
  const t = useTranslations('factors')
  const timesOf = useTimes()
  const [naming, setNaming] = useState(false)
  const [asking, setAsking] = useState(false)
  const remove = useChangeFactors(
    () => api.factors.removePasskey(passkey.id),
    t('passkey.removed'),
    () => setAsking(false),
  )
  const { name } = passkey
  const title = (
    <>
      {name}
      {passkey.synced && <Badge>{t('passkey.synced')}</Badge>}
    </>
  )
  return (
    <Row icon={KeyRound} title={title} text={timesOf(passkey)}>
      <Button size="sm" variant="ghost" aria-label={t('passkey.renameLabel', { name })} onClick={() => setNaming(true)}>
        {t('passkey.rename')}
      </Button>
      <Button size="sm" variant="secondary" aria-label={t('passkey.removeLabel', { name })} onClick={() => setAsking(true)}>
        {t('passkey.remove')}
      </Button>
      <NameDialog key={name} passkey={passkey} open={naming} onClose={() => setNaming(false)} />
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('passkey.removeTitle', { name })}
        text={last ? t('lastFactor') : t('passkey.removeText')}
        action={t('passkey.remove')}
        run={remove}
      />
    </Row>
  )
}

/** The authenticator app. */
export function AppRow({ app, last }: { app: NonNullable<Factors['app']>; last: boolean }) {
  const t = useTranslations('factors')
  const timesOf = useTimes()
  const [asking, setAsking] = useState(false)
  const remove = useChangeFactors(
    () => api.factors.removeApp(),
    t('app.removed'),
    () => setAsking(false),
  )
  return (
    <Row icon={Smartphone} title={t('app.name')} text={timesOf(app)}>
      <Button size="sm" variant="secondary" aria-label={t('app.removeLabel')} onClick={() => setAsking(true)}>
        {t('passkey.remove')}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('app.removeTitle')}
        text={last ? t('lastFactor') : t('app.removeText')}
        action={t('passkey.remove')}
        run={remove}
      />
    </Row>
  )
}

/** How many recovery codes are left, and the way to new ones. */
export function RecoveryRow({ left, make }: { left: number; make: ReturnType<typeof useMakeCodes> }) {
  const t = useTranslations('factors')
  const [asking, setAsking] = useState(false)
  const run = { ...make, mutate: () => make.mutate(undefined, { onSuccess: () => setAsking(false) }) }
  return (
    <Row icon={LifeBuoy} title={t('recovery.name')} text={t('recovery.left', { left })}>
      <Button size="sm" variant="secondary" onClick={() => setAsking(true)}>
        {t('recovery.makeNew')}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('recovery.makeTitle')}
        text={t('recovery.makeText')}
        action={t('recovery.makeNew')}
        run={run}
      />
    </Row>
  )
}

type Running = { mutate: () => void; isPending: boolean; isError: boolean; error: unknown }
type ConfirmDialogProps = { open: boolean; onClose: () => void; title: string; text: string; action: string; run: Running }

function ConfirmDialog({ open, onClose, title, text, action, run }: ConfirmDialogProps) {
  const t = useTranslations('factors')
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title={title} description={text}>
      {run.isError && <Failure error={run.error} />}
      <div className="mt-4 flex justify-end gap-2">
        <Button variant="secondary" onClick={onClose}>
          {t('keep')}
        </Button>
        <Button variant="danger" loading={run.isPending} onClick={() => run.mutate()}>
          {action}
        </Button>
      </div>
    </Dialog>
  )
}

function NameDialog({ passkey, open, onClose }: { passkey: Passkey; open: boolean; onClose: () => void }) {
  const t = useTranslations('factors')
  const [name, setName] = useState(passkey.name)
  const [missing, setMissing] = useState(false)
  const rename = async (given: string) => {
    await api.factors.renamePasskey(passkey.id, given)
    return undefined
  }
  const save = useChangeFactors(rename, t('passkey.renamed'), onClose)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setMissing(name.trim() === '')
    if (name.trim() !== '') save.mutate(name.trim())
  }
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title={t('passkey.renameTitle')}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-5">
        <Field
          label={t('newPasskey.name')}
          hint={t('newPasskey.nameHint')}
          error={missing ? t('newPasskey.missing') : faultAt(save.error, 'name')}
        >
          <Input value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
        </Field>
        {save.isError && <Failure error={save.error} fields={['name']} />}
        <Button type="submit" loading={save.isPending}>
          {t('passkey.save')}
        </Button>
      </form>
    </Dialog>
  )
}

function useTimes(): (what: { createdAt: string; usedAt: string | null }) => string {
  const t = useTranslations('factors')
  const format = useFormat()
  return ({ createdAt, usedAt }) =>
    t('passkey.times', {
      from: format.time(createdAt),
      used: usedAt ? 'yes' : 'no',
      last: usedAt ? format.time(usedAt) : '',
    })
}
