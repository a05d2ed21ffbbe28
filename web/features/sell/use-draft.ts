'use client'

import type { DraftForm, Draft as ServerDraft } from '@fairhold/api/contract/drafts'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useSession } from '@/features/identity/session'
import { ApiError } from '@/lib/api'
import { drafts } from '@/lib/api/drafts'
import { knownAccount } from '@/lib/api/known-session'
import { useMarketConfig } from '@/lib/chain'
import { completeDraft, type Draft, fitDraft } from './draft'
import { dropLocal, keepLocal, type LocalDraft, type LocalPlace, recallLocal } from './local-draft'

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
  /** Told the id that the server has given to a new one. */
  onNamed?: ((id: string) => void) | undefined
}

const TYPING_MS = 700
const RETRY_MS = 5_000

/**
 * The draft of a listing. It is saved while it is written: on the server for who is signed in, in this browser for who is not and
 * for as long as the server does not have it. Nothing that was typed is overwritten without being asked for.
 */
export function useDraft({ empty, draftId, listingId, onNamed }: DraftOrigin) {
  const market = useMarketConfig()
  const { session } = useSession()
  const [typed, setTyped] = useState(empty)
  const [status, setStatus] = useState<DraftStatus>({ at: 'untouched' })
  const account = session?.address ?? null
  const now = useRef({
    typed,
    place: { listingId, account },
    onNamed,
    server: null as { id: string; revision: number } | null,
    change: 0,
    saved: 0,
    saving: false,
  })
  Object.assign(now.current, { typed, place: { listingId, account }, onNamed })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const loaded = useRef(false)
  const isShown = useRef(true)

  const save = useCallback(async () => {
    const state = now.current
    clearTimeout(timer.current)
    if (state.saving || state.change === state.saved) return
    // A form that was left has kept its own, and another may be written in by now.
    const kept = isShown.current && keepLocal(state.place, localOf(state))
    if (state.place.account !== knownAccount()) return // it would be saved as somebody else's
    if (state.place.account === null) return setStatus(kept ? { at: 'local' } : { at: 'untouched' })
    const later = (ms: number) => {
      if (isShown.current) timer.current = setTimeout(save, ms)
    }
    state.saving = true
    const change = state.change
    setStatus({ at: 'saving' })
    try {
      const saved = await saveOnServer(state, listingId)
      state.server = { id: saved.id, revision: saved.revision }
      if (listingId === null && isShown.current) {
        state.onNamed?.(saved.id)
        showAddress(saved.id)
      }
      state.saved = change
      if (state.change === change) {
        if (isShown.current || isKept(state)) dropLocal(state.place)
        setStatus({ at: 'saved' })
      } else later(TYPING_MS)
    } catch (error) {
      setStatus(await failureOf(error, state))
      const again = !(error instanceof ApiError) || error.status === 0 || error.status >= 500 || error.status === 429
      if (again) later(RETRY_MS)
    } finally {
      state.saving = false
    }
  }, [listingId])

  const change = useCallback<ChangeDraft>(
    (made) => {
      if (!isShown.current) return // such as a photo that is there only now: nobody sees it in a form that was left
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
    const local = draftId === 'new' ? null : localOn(draftId, now.current.place)
    if (local) {
      // At once, before anything is asked: whoever types now goes on with it. Saving finds out whether the server has newer.
      show(local.form, local.id === null ? null : { id: local.id, revision: local.revision })
      now.current.change += 1
      void save()
      return
    }
    if (draftId === 'new' || now.current.place.account === null) return
    void serverDraft(draftId, listingId).then((server) => {
      if (!server || now.current.change > 0) return
      show(server.form, server)
      setStatus({ at: 'saved' })
    })
  }, [draftId, listingId, save, show])

  // Who signs in takes along what they have written.
  useEffect(() => {
    if (account !== null) void save()
  }, [account, save])

  // A page that is left in the middle of a word keeps it.
  useEffect(() => {
    const leave = () => {
      const state = now.current
      if (state.change !== state.saved) keepLocal(state.place, localOf(state))
    }
    isShown.current = true
    window.addEventListener('pagehide', leave)
    return () => {
      leave()
      window.removeEventListener('pagehide', leave)
      isShown.current = false
      void save() // once more; what fails is still in this browser
      clearTimeout(timer.current)
    }
  }, [save])

  const settle = useCallback(
    (theirs: ServerDraft, choice: 'theirs' | 'mine' | 'both') => {
      const state = now.current
      if (choice === 'theirs') {
        state.saved = state.change
        dropLocal(state.place)
        show(theirs.form, theirs)
        setStatus({ at: 'saved' })
        return
      }
      state.server = choice === 'mine' ? { id: theirs.id, revision: theirs.revision } : null
      state.change += 1
      void save()
    },
    [save, show],
  )

  const forget = useCallback(async () => {
    const { server } = now.current
    clearTimeout(timer.current)
    now.current.saved = now.current.change
    dropLocal(now.current.place)
    if (server) await drafts.remove(server.id).catch(() => undefined) // it can be thrown away by hand
  }, [])

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

/** What this browser has that the server does not, of the draft that the address names, or of the last one. */
function localOn(draftId: string | null, place: LocalPlace): LocalDraft | null {
  const local = recallLocal(place)
  return draftId === null || local?.id === draftId ? local : null
}

/** Whether this browser still keeps what this form left, and not what was written in another since. */
const isKept = ({ typed, place }: State & { place: LocalPlace }): boolean =>
  JSON.stringify(recallLocal(place)?.form) === JSON.stringify(typed)

/** The server's draft that the address names, or of the listing that is edited. */
async function serverDraft(draftId: string | null, listingId: string | null): Promise<ServerDraft | null> {
  const id = draftId ?? (await idOfEdit(listingId))
  return id ? drafts.get(id).catch(() => null) : null
}

async function idOfEdit(listingId: string | null): Promise<string | null> {
  if (listingId === null) return null
  const all = await drafts.list().catch(() => [])
  return all.find((draft) => draft.listingId === listingId)?.id ?? null
}
