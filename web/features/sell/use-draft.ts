'use client'

import type { DraftForm, Draft as ServerDraft } from '@fairhold/api/contract/drafts'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useSession } from '@/features/identity/session'
import { ApiError } from '@/lib/api'
import { drafts } from '@/lib/api/drafts'
import { useMarketConfig } from '@/lib/chain'
import { completeDraft, type Draft, fitDraft } from './draft'
import { dropLocal, keepLocal, recallLocal } from './local-draft'

export type ChangeDraft = (change: Partial<Draft> | ((draft: Draft) => Partial<Draft>)) => void

export type DraftStatus =
  | { at: 'untouched' | 'saving' | 'saved' | 'local' | 'gone' }
  | { at: 'failed'; why: string }
  /** Another tab or device saved a newer revision. */
  | { at: 'conflict'; theirs: ServerDraft }

export interface DraftOrigin {
  /** A form that nobody has written in, or the listing that is edited. */
  empty: Draft
  /** The server's draft to go on with; `new` begins one whatever is kept in this browser. */
  draftId: string | null
  /** The listing that the draft is an edit of. */
  listingId: string | null
}

const TYPING_MS = 700
const RETRY_MS = 5_000

/**
 * The draft of a listing. It is saved while it is written: on the server for who is signed in, in this browser for who is not and
 * for as long as the server does not have it. Nothing that was typed is overwritten without being asked for.
 */
export function useDraft({ empty, draftId, listingId }: DraftOrigin) {
  const market = useMarketConfig()
  const { session } = useSession()
  const [typed, setTyped] = useState(empty)
  const [status, setStatus] = useState<DraftStatus>({ at: 'untouched' })
  const signedIn = session !== null
  const now = useRef({
    typed,
    signedIn,
    server: null as { id: string; revision: number } | null,
    change: 0,
    saved: 0,
    saving: false,
  })
  now.current.typed = typed
  now.current.signedIn = signedIn
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const loaded = useRef(false)

  const save = useCallback(async () => {
    const state = now.current
    clearTimeout(timer.current)
    if (state.saving || state.change === state.saved) return
    const kept = keepLocal(listingId, localOf(state))
    if (!state.signedIn) return setStatus(kept ? { at: 'local' } : { at: 'untouched' })
    state.saving = true
    const change = state.change
    setStatus({ at: 'saving' })
    try {
      const saved = await saveOnServer(state, listingId)
      state.server = { id: saved.id, revision: saved.revision }
      if (listingId === null) showAddress(saved.id)
      state.saved = change
      if (state.change === change) {
        dropLocal(listingId)
        setStatus({ at: 'saved' })
      } else timer.current = setTimeout(save, TYPING_MS)
    } catch (error) {
      setStatus(await failureOf(error, state))
      const again = !(error instanceof ApiError) || error.status === 0 || error.status >= 500 || error.status === 429
      if (again) timer.current = setTimeout(save, RETRY_MS)
    } finally {
      state.saving = false
    }
  }, [listingId])

  const change = useCallback<ChangeDraft>(
    (made) => {
      now.current.change += 1
      setTyped((draft) => ({ ...draft, ...(typeof made === 'function' ? made(draft) : made) }))
      clearTimeout(timer.current)
      timer.current = setTimeout(save, TYPING_MS)
    },
    [save],
  )

  /** Shows a form and goes on from that revision. */
  const show = useCallback(
    (form: DraftForm, server: { id: string; revision: number } | null) => {
      const typed = completeDraft(form, empty)
      // At once: whoever saves next must not save what stood there before this is drawn.
      Object.assign(now.current, { server, typed })
      setTyped(typed)
    },
    [empty],
  )

  useEffect(() => {
    if (loaded.current) return
    loaded.current = true
    void begin({ draftId, listingId, signedIn: now.current.signedIn }).then((found) => {
      if (!found || now.current.change > 0) return
      show(found.form, found.server)
      if (found.unsaved) now.current.change += 1
      if (found.theirs) setStatus({ at: 'conflict', theirs: found.theirs })
      else if (found.unsaved) void save()
      else if (found.server) setStatus({ at: 'saved' })
    })
  }, [draftId, listingId, save, show])

  // Who signs in takes along what they have written.
  useEffect(() => {
    if (signedIn) void save()
  }, [signedIn, save])

  // A page that is left in the middle of a word keeps it.
  useEffect(() => {
    const leave = () => {
      const state = now.current
      if (state.change !== state.saved) keepLocal(listingId, localOf(state))
    }
    window.addEventListener('pagehide', leave)
    return () => {
      leave()
      window.removeEventListener('pagehide', leave)
      clearTimeout(timer.current)
    }
  }, [listingId])

  const settle = useCallback(
    (theirs: ServerDraft, choice: 'theirs' | 'mine' | 'both') => {
      const state = now.current
      if (choice === 'theirs') {
        state.saved = state.change
        dropLocal(listingId)
        show(theirs.form, theirs)
        setStatus({ at: 'saved' })
        return
      }
      state.server = choice === 'mine' ? { id: theirs.id, revision: theirs.revision } : null
      state.change += 1
      void save()
    },
    [listingId, save, show],
  )

  const forget = useCallback(async () => {
    const { server } = now.current
    clearTimeout(timer.current)
    now.current.saved = now.current.change
    dropLocal(listingId)
    if (server) await drafts.remove(server.id).catch(() => undefined) // it can be thrown away by hand
  }, [listingId])

  const draft = useMemo(() => fitDraft(typed, market, session?.address), [typed, market, session?.address])
  return { draft, change, forget, status, settle, currentId: now.current.server?.id ?? null }
}

interface State {
  typed: Draft
  server: { id: string; revision: number } | null
}

const localOf = ({ typed, server }: State) => ({ form: typed, id: server?.id ?? null, revision: server?.revision ?? 0 })

function saveOnServer({ typed, server }: State, listingId: string | null): Promise<ServerDraft> {
  if (server) return drafts.save(server.id, { form: typed, revision: server.revision })
  return drafts.create({ form: typed, ...(listingId === null ? {} : { listingId }) })
}

async function failureOf(error: unknown, state: State): Promise<DraftStatus> {
  const why = error instanceof ApiError ? error.title : String(error)
  if (!(error instanceof ApiError) || !state.server) return { at: 'failed', why }
  if (error.code === 'DRAFT_CHANGED') {
    const theirs = await drafts.get(state.server.id).catch(() => null)
    return theirs ? { at: 'conflict', theirs } : { at: 'failed', why }
  }
  if (error.status !== 404) return { at: 'failed', why }
  state.server = null // what is written from here on is a new one
  return { at: 'gone' }
}

/** A reload finds the draft again. */
function showAddress(id: string): void {
  const url = new URL(window.location.href)
  url.searchParams.set('draft', id)
  window.history.replaceState(window.history.state, '', url)
}

interface Found {
  form: DraftForm
  server: { id: string; revision: number } | null
  /** Whether this browser has something that the server does not. */
  unsaved: boolean
  theirs?: ServerDraft
}

type Beginning = Pick<DraftOrigin, 'draftId' | 'listingId'> & { signedIn: boolean }

/** What to go on with: the draft that the address names, and what this browser has of it that the server does not. */
async function begin({ draftId, listingId, signedIn }: Beginning): Promise<Found | null> {
  if (draftId === 'new') return null
  const local = recallLocal(listingId)
  const id = draftId ?? local?.id ?? (signedIn ? await idOfEdit(listingId) : null)
  const server = signedIn && id ? await drafts.get(id).catch(() => null) : null
  if (!server) return local && { form: local.form, server: null, unsaved: true }
  if (local?.id !== server.id) return { form: server.form, server, unsaved: false }
  if (local.revision === server.revision) return { form: local.form, server, unsaved: true }
  return { form: local.form, server, unsaved: true, theirs: server }
}

async function idOfEdit(listingId: string | null): Promise<string | null> {
  if (listingId === null) return null
  const all = await drafts.list().catch(() => [])
  return all.find((draft) => draft.listingId === listingId)?.id ?? null
}
