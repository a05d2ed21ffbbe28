'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useSession } from '@/features/identity/session'
import { ApiError, api, type Profile } from '@/lib/api'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Skeleton } from '@/ui/skeleton'
import { Textarea } from '@/ui/textarea'
import { useToast } from '@/ui/toast'
import { settingsCopy } from './copy'
import { Failure } from './failure'

const copy = settingsCopy.profile
const MAX_NAME = 60
const MAX_BIO = 600

type ProfileErrors = { name?: string | undefined; bio?: string | undefined }

const profileKey = (address: string) => ['profile', address] as const

/** Name and a few words about oneself. */
export function ProfileCard({ address }: { address: string }) {
  const profile = useQuery({ queryKey: profileKey(address), queryFn: () => api.identity.profile(address) })
  return (
    <Card>
      <CardHeader title={copy.title} hint={copy.hint} />
      {profile.data && <ProfileForm profile={profile.data} />}
      {profile.isPending && <Skeleton className="h-56" />}
      {profile.isError && !profile.data && <Failure error={profile.error} again={() => profile.refetch()} />}
    </Card>
  )
}

function textError(text: string, max: number): string | undefined {
  if (text.length > max) return copy.tooLong(max)
  return text.isWellFormed() && !text.includes('\0') ? undefined : copy.unreadable
}

function check(name: string, bio: string): ProfileErrors {
  return { name: name === '' ? copy.missing : textError(name, MAX_NAME), bio: textError(bio, MAX_BIO) }
}

function useSaveProfile() {
  const queries = useQueryClient()
  const { reloadSession } = useSession()
  const toast = useToast()
  return useMutation({
    mutationFn: api.identity.updateProfile,
    onSuccess: async (profile: Profile) => {
      queries.setQueryData(profileKey(profile.address), profile)
      toast(copy.saved, 'success')
      await reloadSession() // the menu shows the name
    },
  })
}

function ProfileForm({ profile }: { profile: Profile }) {
  const [name, setName] = useState(profile.name)
  const [bio, setBio] = useState(profile.bio)
  const [found, setFound] = useState<ProfileErrors>({})
  const save = useSaveProfile()
  const fields = save.error instanceof ApiError ? save.error.fields : {}

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const body = { name: name.trim(), bio: bio.trim() }
    const errors = check(body.name, body.bio)
    setFound(errors)
    if (!errors.name && !errors.bio) save.mutate(body)
  }

  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5">
      <Field label={copy.name} error={found.name ?? fields.name}>
        <Input value={name} maxLength={MAX_NAME} autoComplete="nickname" onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={copy.bio} hint={copy.bioHint} error={found.bio ?? fields.bio}>
        <Textarea value={bio} maxLength={MAX_BIO} onChange={(event) => setBio(event.target.value)} />
      </Field>
      {save.isError && <Failure error={save.error} />}
      <div>
        <Button type="submit" loading={save.isPending}>
          {copy.save}
        </Button>
      </div>
    </form>
  )
}
