'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { useSession } from '@/features/identity/session'
import type { Words } from '@/i18n/words-of'
import { api, type Profile } from '@/lib/api'
import { faultAt } from '@/lib/faults'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { Field } from '@/ui/field'
import { focusInvalid } from '@/ui/focus-invalid'
import { Input } from '@/ui/input'
import { Skeleton } from '@/ui/skeleton'
import { Textarea } from '@/ui/textarea'
import { useToast } from '@/ui/toast'
import { Failure } from './failure'

const MAX_NAME = 60
const MAX_BIO = 600

type ProfileErrors = { name?: string | undefined; bio?: string | undefined }

const profileKey = (address: string) => ['profile', address] as const

/** Name and a few words about oneself. */
export function ProfileCard({ address }: { address: string }) {
  const t = useTranslations('settings')
  const profile = useQuery({ queryKey: profileKey(address), queryFn: () => api.identity.profile(address) })
  return (
    <Card>
      <CardHeader title={t('profile.title')} hint={t('profile.hint')} />
      {profile.data && <ProfileForm profile={profile.data} />}
      {profile.isPending && <Skeleton className="h-56" />}
      {profile.isError && !profile.data && <Failure error={profile.error} again={() => profile.refetch()} />}
    </Card>
  )
}

function textError(text: string, max: number, t: Words<'settings'>): string | undefined {
  if (text.length > max) return t('profile.tooLong', { max })
  return text.isWellFormed() && !text.includes('\0') ? undefined : t('profile.unreadable')
}

function check(name: string, bio: string, t: Words<'settings'>): ProfileErrors {
  return { name: name === '' ? t('profile.missing') : textError(name, MAX_NAME, t), bio: textError(bio, MAX_BIO, t) }
}

function useSaveProfile() {
  const t = useTranslations('settings')
  const queries = useQueryClient()
  const { reloadSession } = useSession()
  const toast = useToast()
  return useMutation({
    mutationFn: api.identity.updateProfile,
    onSuccess: async (profile: Profile) => {
      queries.setQueryData(profileKey(profile.address), profile)
      toast(t('profile.saved'), 'success')
      await reloadSession() // the menu shows the name
    },
  })
}

function ProfileForm({ profile }: { profile: Profile }) {
  const t = useTranslations('settings')
  const [name, setName] = useState(profile.name)
  const [bio, setBio] = useState(profile.bio)
  const [found, setFound] = useState<ProfileErrors>({})
  const save = useSaveProfile()

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    focusInvalid(event.currentTarget)
    const body = { name: name.trim(), bio: bio.trim() }
    const errors = check(body.name, body.bio, t)
    setFound(errors)
    if (!errors.name && !errors.bio) save.mutate(body)
  }

  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5">
      <Field label={t('profile.name')} error={found.name ?? faultAt(save.error, 'name')}>
        <Input value={name} maxLength={MAX_NAME} autoComplete="nickname" onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={t('profile.bio')} hint={t('profile.bioHint')} error={found.bio ?? faultAt(save.error, 'bio')}>
        <Textarea value={bio} maxLength={MAX_BIO} onChange={(event) => setBio(event.target.value)} />
      </Field>
      {save.isError && <Failure error={save.error} fields={['name', 'bio']} />}
      <div>
        <Button type="submit" loading={save.isPending}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}
