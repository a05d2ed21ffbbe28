'use client'

import { contentLimits } from '@fairhold/protocol/listing/content'
import { ArrowLeft, ImagePlus, X } from 'lucide-react'
import { type ChangeEvent, useId, useState } from 'react'
import { problemOf } from '@/features/deals/problem'
import { useRequireSession } from '@/features/identity/session'
import { api, photoUrl } from '@/lib/api'
import { buttonClass } from '@/ui/button'
import { cx } from '@/ui/cx'
import { Spinner } from '@/ui/spinner'
import { sellCopy } from './copy'
import type { ChangeDraft } from './use-draft'

const copy = sellCopy.photos
const { max } = contentLimits.photos
const ACCEPTED = 'image/jpeg,image/png,image/webp,image/avif'

interface PhotoPickerProps {
  photos: readonly string[]
  change: ChangeDraft
  /** How many uploads are under way. */
  uploading: number
  setUploading: (count: (before: number) => number) => void
  error?: string | undefined
}

/** Uploads photos as they are chosen, and puts them in order. */
export function PhotoPicker({ photos, change, uploading, setUploading, error }: PhotoPickerProps) {
  const id = useId()
  const requireSession = useRequireSession()
  const [problems, setProblems] = useState<string[]>([])
  const full = photos.length + uploading >= max

  const upload = async (file: File) => {
    try {
      const { sha256 } = await api.listings.uploadPhoto(file)
      change((draft) => ({ photos: [...new Set([...draft.photos, sha256])].slice(0, max) }))
    } catch (failure) {
      const why = problemOf(failure)
      setProblems((shown) => [...shown, copy.failed(file.name, `${why.title}. ${why.whatToDo}`)])
    } finally {
      setUploading((before) => before - 1)
    }
  }

  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.target.files ?? [])]
    event.target.value = '' // so that the same file can be chosen again
    if (files.length === 0 || !(await requireSession())) return
    const fitting = files.slice(0, max - photos.length - uploading)
    setProblems(fitting.length < files.length ? [copy.tooMany(max)] : [])
    setUploading((before) => before + fitting.length)
    for (const file of fitting) await upload(file) // one by one: keeps the order they were chosen in
  }

  const wrong = error ? [error, ...problems] : problems
  return (
    <div className="flex flex-col gap-3">
      <PhotoList photos={photos} change={change} />
      <div>
        <input
          id={id}
          type="file"
          multiple
          accept={ACCEPTED}
          disabled={full}
          onChange={choose}
          aria-describedby={`${id}-hint`}
          className="peer sr-only"
        />
        <label
          htmlFor={id}
          className={cx(
            buttonClass({ variant: 'secondary' }),
            'cursor-pointer peer-focus-visible:outline-2 peer-focus-visible:outline-focus peer-focus-visible:outline-offset-2 peer-disabled:pointer-events-none peer-disabled:opacity-50',
          )}
        >
          <ImagePlus aria-hidden="true" className="size-5" />
          {sellCopy.labels.photos}
        </label>
      </div>
      <p id={`${id}-hint`} className="text-muted text-sm">
        {sellCopy.hints.photos(max)}
      </p>
      <p role="status" className={cx('flex items-center gap-2 text-muted text-sm', uploading === 0 && 'sr-only')}>
        {uploading > 0 && <Spinner />} {uploading > 0 && copy.uploading(uploading)}
      </p>
      {wrong.length > 0 && (
        <ul role="alert" className="font-medium text-danger text-sm">
          {wrong.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** The list with the photo at `index` one place nearer the front. */
function movedEarlier(photos: readonly string[], index: number): string[] {
  const moved = [...photos]
  const [photo] = moved.splice(index, 1)
  if (photo) moved.splice(index - 1, 0, photo)
  return moved
}

const overlayButton = 'grid size-9 place-items-center rounded-lg border border-line bg-surface text-ink shadow-sm hover:bg-sunken'

function PhotoList({ photos, change }: Pick<PhotoPickerProps, 'photos' | 'change'>) {
  if (photos.length === 0) return null
  return (
    <ol aria-label={copy.heading} className="grid grid-cols-2 gap-3 sm:grid-cols-4">
      {photos.map((photo, index) => (
        <li key={photo} className="relative aspect-square overflow-hidden rounded-xl border border-line bg-sunken">
          <img src={photoUrl(photo, 320)} alt={copy.alt(index + 1)} className="size-full object-cover" />
          {index === 0 && (
            <span className="absolute bottom-2 left-2 rounded-full bg-surface px-2 py-0.5 font-medium text-xs">{copy.cover}</span>
          )}
          <div className="absolute top-2 right-2 flex gap-1.5">
            {index > 0 && (
              <button
                type="button"
                aria-label={copy.earlier(index + 1)}
                className={overlayButton}
                onClick={() => change((draft) => ({ photos: movedEarlier(draft.photos, index) }))}
              >
                <ArrowLeft aria-hidden="true" className="size-4" />
              </button>
            )}
            <button
              type="button"
              aria-label={copy.remove(index + 1)}
              className={overlayButton}
              onClick={() => change((draft) => ({ photos: draft.photos.filter((kept) => kept !== photo) }))}
            >
              <X aria-hidden="true" className="size-4" />
            </button>
          </div>
        </li>
      ))}
    </ol>
  )
}
