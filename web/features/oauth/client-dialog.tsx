'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { useStepUp } from '@/features/identity/step-up'
import { Failure } from '@/features/settings/failure'
import { api, type NewClient, type OauthClient } from '@/lib/api'
import { faultAt } from '@/lib/faults'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { RadioCards } from '@/ui/radio-cards'
import { Textarea } from '@/ui/textarea'
import { useToast } from '@/ui/toast'

type ClientDialogProps = {
  client: OauthClient | 'new' | null
  onClose: () => void
  /** With the secret of a new app that has one. */
  onSaved: (secret: string | null) => Promise<void>
}

/** Registers an app, or changes one. */
export function ClientDialog({ client, onClose, onSaved }: ClientDialogProps) {
  const t = useTranslations('oauth')
  const title = client === 'new' ? t('clients.register') : t('clients.editTitle')
  return (
    <Dialog open={client !== null} onOpenChange={(next) => !next && onClose()} title={title}>
      {client && <ClientForm client={client === 'new' ? null : client} onSaved={onSaved} />}
    </Dialog>
  )
}

function useSave(client: OauthClient | null, onSaved: ClientDialogProps['onSaved']) {
  const t = useTranslations('oauth')
  const stepUp = useStepUp()
  const toast = useToast()
  return useMutation({
    mutationFn: ({ confidential, ...body }: NewClient) =>
      stepUp(async () => {
        if (!client) return (await api.oauth.register({ ...body, confidential })).secret
        await api.oauth.change(client.id, body)
        return null
      }),
    onSuccess: async (secret) => {
      toast(t('clients.saved'), 'success')
      await onSaved(secret)
    },
  })
}

function ClientForm({ client, onSaved }: { client: OauthClient | null; onSaved: ClientDialogProps['onSaved'] }) {
  const t = useTranslations('oauth')
  const words = useTranslations('settings')
  const [name, setName] = useState(client?.name ?? '')
  const [homepage, setHomepage] = useState(client?.homepage ?? 'https://')
  const [redirects, setRedirects] = useState(client?.redirectUris.join('\n') ?? 'https://')
  const [confidential, setConfidential] = useState(client?.confidential ?? true)
  const save = useSave(client, onSaved)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const redirectUris = redirects.split('\n').map((line) => line.trim())
    save.mutate({ name: name.trim(), homepage: homepage.trim(), redirectUris: redirectUris.filter(Boolean), confidential })
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5">
      <Field label={t('clients.name')} hint={t('clients.nameHint')} error={faultAt(save.error, 'name')}>
        <Input value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={t('clients.homepage')} error={faultAt(save.error, 'homepage')}>
        <Input value={homepage} maxLength={400} inputMode="url" onChange={(event) => setHomepage(event.target.value)} />
      </Field>
      <Field label={t('clients.redirects')} hint={t('clients.redirectsHint')} error={faultAt(save.error, 'redirectUris')}>
        <Textarea
          value={redirects}
          rows={3}
          spellCheck={false}
          className="font-mono text-sm"
          onChange={(event) => setRedirects(event.target.value)}
        />
      </Field>
      {!client && (
        <RadioCards
          legend={t('clients.kind')}
          name="kind"
          value={confidential ? 'confidential' : 'public'}
          onChange={(kind) => setConfidential(kind === 'confidential')}
          options={[
            { value: 'confidential', title: t('clients.confidential'), hint: t('clients.confidentialHint') },
            { value: 'public', title: t('clients.public'), hint: t('clients.publicHint') },
          ]}
        />
      )}
      {save.isError && <Failure error={save.error} fields={['name', 'homepage', 'redirectUris']} />}
      <Button type="submit" loading={save.isPending}>
        {client ? words('save') : t('clients.register')}
      </Button>
    </form>
  )
}
