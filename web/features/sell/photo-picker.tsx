'use client'

import { contentLimits } from '@fairhold/protocol/listing/vocabulary'
import { Camera, ImagePlus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ChangeEvent, useId } from 'react'
import { Button, buttonClass } from '@/ui/button'
import { cx } from '@/ui/cx'
import { type FieldsProps, fieldId } from './fields'
import { PhotoList } from './photo-list'
import type { Uploads } from './use-uploads'

const { max } = contentLimits.photos
const ACCEPTED = 'image/jpeg,image/png,image/webp,image/avif'

/** Chooses or takes photos, uploads them, and puts them in order. */
export function PhotoPicker({ draft, errors, change, uploads }: FieldsProps & { uploads: Uploads }) {
  const t = useTranslations('sell')
  const hint = useId()
  const full = draft.photos.length + uploads.running.length >= max
  return (
    <div className="flex flex-col gap-3">
      <PhotoList photos={draft.photos} errors={errors} change={change} />
      <div className="flex flex-wrap gap-2">
        <FileButton id={fieldId('photos')} hint={hint} disabled={full} onFiles={uploads.add} multiple>
          <ImagePlus aria-hidden="true" className="size-5" />
          {t('labels.photos')}
        </FileButton>
        <span className="hidden pointer-coarse:inline-flex">
          <FileButton hint={hint} disabled={full} onFiles={uploads.add} capture>
            <Camera aria-hidden="true" className="size-5" />
            {t('labels.camera')}
          </FileButton>
        </span>
      </div>
      <p id={hint} className="text-muted text-sm">
        {t('hints.photos', { max })}
      </p>
      <Progress uploads={uploads} />
      <Problems uploads={uploads} error={errors.photos} />
    </div>
  )
}

interface FileButtonProps {
  id?: string
  hint: string
  disabled: boolean
  multiple?: boolean
  /** Opens the camera of a phone. */
  capture?: boolean
  onFiles: (files: File[]) => void
  children: React.ReactNode
}

function FileButton({ id, hint, disabled, multiple = false, capture = false, onFiles, children }: FileButtonProps) {
  const made = useId()
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.target.files ?? [])]
    event.target.value = '' // so that the same file can be chosen again
    onFiles(files)
  }
  return (
    <>
      <input
        id={id ?? made}
        type="file"
        multiple={multiple}
        accept={ACCEPTED}
        {...(capture ? { capture: 'environment' as const } : {})}
        disabled={disabled}
        onChange={choose}
        aria-describedby={hint}
        className="peer sr-only"
      />
      <label
        htmlFor={id ?? made}
        className={cx(
          buttonClass({ variant: 'secondary' }),
          'cursor-pointer peer-focus-visible:outline-2 peer-focus-visible:outline-focus peer-focus-visible:outline-offset-2 peer-disabled:pointer-events-none peer-disabled:opacity-50',
        )}
      >
        {children}
      </label>
    </>
  )
}

function Progress({ uploads }: { uploads: Uploads }) {
  const t = useTranslations('sell')
  const count = uploads.running.length
  const percent = Math.round(uploads.part * 100)
  return (
    <div className={count === 0 ? 'sr-only' : ''}>
      {/* How far it is would be read out at every per cent. */}
      <p role="status" className="sr-only">
        {count > 0 ? t('photos.uploadingNow', { count }) : ''}
      </p>
      {count > 0 && (
        <>
          <p aria-hidden="true" className="mb-1 text-muted text-sm">
            {t('photos.uploading', { count, percent })}
          </p>
          <div aria-hidden="true" className="h-2 overflow-hidden rounded-full bg-sunken">
            <div className="h-full rounded-full bg-primary transition-[width]" style={{ width: `${Math.max(3, percent)}%` }} />
          </div>
        </>
      )}
    </div>
  )
}

function Problems({ uploads, error }: { uploads: Uploads; error: string | undefined }) {
  const t = useTranslations('sell')
  if (!error && uploads.failed.length === 0 && !uploads.notice) return null
  return (
    <ul role="alert" className="flex flex-col gap-1 font-medium text-danger text-sm">
      {error && <li>{error}</li>}
      {uploads.notice && <li>{uploads.notice}</li>}
      {uploads.failed.map(({ id, name, why, file }) => (
        <li key={id} className="flex flex-wrap items-center gap-2">
          <span className="min-w-0 break-words" dir="auto">
            {t('photos.failed', { name, why })}
          </span>
          {file && (
            <Button variant="secondary" size="sm" onClick={() => uploads.retry(id)}>
              {t('photos.retry')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
