'use client'

import { useCallback, useEffect, useSyncExternalStore } from 'react'

/** Only the signed in have saved anything. */
const load = async () => (await import('@/lib/api/discovery')).discovery

/** Which listings the person saved, asked once for all hearts of a page. Belongs to one account: another one begins anew. */
let owner: string | null = null
let ids: ReadonlySet<string> = new Set()
const listeners = new Set<() => void>()

function set(next: ReadonlySet<string>): void {
  ids = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const NONE: ReadonlySet<string> = new Set()

/** The saved ids of this account, and a way to change them at once, which is taken back if the API refuses. */
export function useSavedIds(account: string | null) {
  useEffect(() => {
    if (owner === account) return
    owner = account
    set(new Set())
    if (account === null) return
    const asked = load().then((discovery) => discovery.savedIds())
    asked.then(
      (answer) => owner === account && set(new Set([...ids, ...answer.ids])),
      () => {
        if (owner === account) owner = null // asked again by the next page
      },
    )
  }, [account])
  const saved = useSyncExternalStore(
    subscribe,
    () => ids,
    () => NONE,
  )
  const change = useCallback(async (id: string, isSaved: boolean) => {
    const withId = (is: boolean) => set(new Set(is ? [...ids, id] : [...ids].filter((one) => one !== id)))
    withId(isSaved)
    try {
      const discovery = await load()
      await (isSaved ? discovery.saveListing(id) : discovery.unsaveListing(id))
    } catch (error) {
      withId(!isSaved)
      throw error
    }
  }, [])
  return { saved, change }
}
