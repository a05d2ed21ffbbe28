'use client'

import { useEffect, useSyncExternalStore } from 'react'
import { knownAccount } from '@/lib/api/known-session'
import { SavedStore } from './saved-store'

/** Only the signed in have saved anything. */
const load = async () => (await import('@/lib/api/discovery')).discovery

const store = new SavedStore({
  ids: async () => (await (await load()).savedIds()).ids,
  write: async (id, isSaved) => {
    const discovery = await load()
    await (isSaved ? discovery.saveListing(id) : discovery.unsaveListing(id))
  },
})
const NONE: ReadonlySet<string> = new Set()

/** Whoever has just signed in to save something: not who was there when the heart was drawn. */
const change = (id: string, isSaved: boolean): Promise<void> => store.change(knownAccount(), id, isSaved)

/** The saved ids of this account, and a way to change them at once, which is taken back if the API refuses. */
export function useSavedIds(account: string | null) {
  useEffect(() => store.follow(account), [account])
  const saved = useSyncExternalStore(store.subscribe, store.ids, () => NONE)
  return { saved, change }
}
