'use client'

import { type ComponentProps, useState } from 'react'
import { useSession } from '@/features/identity/session'
import { SellForm } from './sell-form'

/**
 * The form of a listing that is new, begun again for another draft and for another person. It stays where its own draft gets an
 * address, and where a visitor signs in who has begun to write.
 */
export function NewListing(props: Omit<ComponentProps<typeof SellForm>, 'onNamed' | 'replaces'>) {
  const account = useSession().session?.address ?? null
  const { draftId } = props
  const [form, setForm] = useState({ turn: 0, draftId, account, named: null as string | null })
  if (form.draftId !== draftId || form.account !== account) {
    const isSame = (form.draftId === draftId || form.named === draftId) && (form.account === account || form.account === null)
    setForm(isSame ? { ...form, draftId, account } : { turn: form.turn + 1, draftId, account, named: null })
  }
  return (
    <SellForm key={form.turn} {...props} replaces={null} onNamed={(named) => setForm((current) => ({ ...current, named }))} />
  )
}
