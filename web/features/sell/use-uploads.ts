'use client'

import { contentLimits } from '@fairhold/protocol/listing/vocabulary'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { problemOf } from '@/features/deals/problem'
import { useRequireSession } from '@/features/identity/session'
import { ApiError } from '@/lib/api'
import { uploadPhoto } from '@/lib/api/upload'
import type { ChangeDraft } from './use-draft'

const { max } = contentLimits.photos
/** As the API has it; said before a phone sends twelve megabytes for nothing. */
const MAX_MB = 12
/** What the API answers where it is the photo that does not do; all else may have passed when it is sent again. */
const OF_THE_FILE = new Set([400, 413, 415, 422])

interface Running {
  id: string
  part: number
}

interface Failed {
  id: string
  name: string
  why: string
  /** There to be sent again; null where that would not help. */
  file: File | null
}

export type Uploads = ReturnType<typeof useUploads>

/** Uploads of photos: one after the other, in the order they were chosen, each of which can fail by itself. */
export function useUploads(photos: number, change: ChangeDraft) {
  const t = useTranslations('sell')
  const requireSession = useRequireSession()
  const [running, setRunning] = useState<Running[]>([])
  const [failed, setFailed] = useState<Failed[]>([])
  const [notice, setNotice] = useState('')
  const queue = useRef<Promise<void>>(Promise.resolve())

  const upload = async (id: string, file: File) => {
    const onProgress = (part: number) => setRunning((all) => all.map((one) => (one.id === id ? { id, part } : one)))
    try {
      const { sha256 } = await uploadPhoto(file, onProgress)
      change(({ photos: now }) => ({
        photos: now.some((photo) => photo.sha256 === sha256) ? now : [...now, { sha256, alt: '' }].slice(0, max),
      }))
    } catch (error) {
      const { title, whatToDo } = problemOf(error)
      const final = error instanceof ApiError && OF_THE_FILE.has(error.status)
      setFailed((all) => [...all, { id, name: file.name, why: `${title}. ${whatToDo}`, file: final ? null : file }])
    } finally {
      setRunning((all) => all.filter((one) => one.id !== id))
    }
  }

  const start = (files: readonly File[]) => {
    const begun = files.map((file) => ({ id: crypto.randomUUID(), file }))
    setRunning((all) => [...all, ...begun.map(({ id }) => ({ id, part: 0 }))])
    for (const { id, file } of begun) queue.current = queue.current.then(() => upload(id, file))
  }

  const add = async (files: File[]) => {
    if (files.length === 0 || !(await requireSession())) return
    const room = max - photos - running.length
    const small = files.filter(({ size }) => size <= MAX_MB * 1024 * 1024)
    const large = files.filter((file) => !small.includes(file))
    setNotice(small.length > room ? t('photos.tooMany', { max }) : '')
    setFailed(
      large.map(({ name }) => ({ id: crypto.randomUUID(), name, why: t('photos.tooLarge', { limit: MAX_MB }), file: null })),
    )
    start(small.slice(0, room))
  }

  const retry = (id: string) => {
    const file = failed.find((one) => one.id === id)?.file
    setFailed((all) => all.filter((one) => one.id !== id))
    if (file) start([file])
  }

  const part = running.length === 0 ? 0 : running.reduce((sum, one) => sum + one.part, 0) / running.length
  return { running, failed, notice, part, add, retry }
}
