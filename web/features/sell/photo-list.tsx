'use client'

import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { arrayMove, rectSortingStrategy, SortableContext, sortableKeyboardCoordinates, useSortable } from '@dnd-kit/sortable'
import { contentLimits } from '@fairhold/protocol/listing/vocabulary'
import { ArrowLeft, GripVertical, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useRef } from 'react'
import { Photo } from '@/features/listings/photo'
import { controlClass } from '@/ui/control-class'
import { cx } from '@/ui/cx'
import type { DraftPhoto } from './draft'
import { type FieldsProps, fieldId } from './fields'

type ListProps = { photos: readonly DraftPhoto[] } & Pick<FieldsProps, 'errors' | 'change'>

/** The photos in their order, which can be changed by dragging, by a finger, by the keyboard, or with a button. */
export function PhotoList({ photos, errors, change }: ListProps) {
  const t = useTranslations('sell')
  const id = useId()
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 150, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const ids = photos.map(({ sha256 }) => sha256)
  const place = (sha256: unknown) => ids.indexOf(String(sha256)) + 1
  const count = ids.length
  const moved = useRef(false)
  const announcements: Announcements = {
    onDragStart: ({ active }) => {
      moved.current = false
      return t('photos.lifted', { at: place(active.id) })
    },
    onDragOver: ({ active, over }) => {
      // It begins over itself, which must not talk over that it was lifted.
      moved.current ||= over !== null && over.id !== active.id
      return over && moved.current ? t('photos.over', { at: place(over.id), count }) : undefined
    },
    onDragEnd: ({ over }) => (over ? t('photos.dropped', { at: place(over.id), count }) : t('photos.cancelled')),
    onDragCancel: () => t('photos.cancelled'),
  }
  const move = (from: string, to: string) =>
    change((draft) => {
      const order = draft.photos.map(({ sha256 }) => sha256)
      return { photos: arrayMove(draft.photos, order.indexOf(from), order.indexOf(to)) }
    })
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (over && active.id !== over.id) move(String(active.id), String(over.id))
  }
  if (count === 0) return null
  return (
    <DndContext
      id={id}
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={onDragEnd}
      accessibility={{ announcements, screenReaderInstructions: { draggable: '' } }}
    >
      <SortableContext items={ids} strategy={rectSortingStrategy}>
        <ol aria-label={t('photos.heading')} className="grid grid-cols-2 gap-3 sm:grid-cols-3">
          {photos.map((photo, index) => (
            <SortablePhoto
              key={photo.sha256}
              photo={photo}
              index={index}
              error={errors[`photos.${index}.alt`]}
              change={change}
              onEarlier={() => move(photo.sha256, ids[index - 1] ?? photo.sha256)}
            />
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  )
}

const overlayButton =
  'grid size-11 place-items-center rounded-lg border border-line bg-surface text-ink shadow-sm hover:bg-sunken'

interface SortableProps {
  photo: DraftPhoto
  index: number
  error: string | undefined
  change: FieldsProps['change']
  onEarlier: () => void
}

function SortablePhoto({ photo, index, error, change, onEarlier }: SortableProps) {
  const t = useTranslations('sell')
  const { attributes, isDragging, listeners, setActivatorNodeRef, setNodeRef, transform, transition } = useSortable({
    id: photo.sha256,
  })
  const at = index + 1
  const moved = transform ? `translate3d(${Math.round(transform.x)}px, ${Math.round(transform.y)}px, 0)` : undefined
  const setAlt = (alt: string) =>
    change((draft) => ({ photos: draft.photos.map((one) => (one.sha256 === photo.sha256 ? { ...one, alt } : one)) }))
  const remove = () => change((draft) => ({ photos: draft.photos.filter(({ sha256 }) => sha256 !== photo.sha256) }))
  return (
    <li
      ref={setNodeRef}
      style={{ transform: moved, transition }}
      className={cx('flex flex-col gap-2', isDragging && 'relative z-10 opacity-80')}
    >
      <div className="relative aspect-square overflow-hidden rounded-xl border border-line bg-sunken">
        <Photo
          sha256={photo.sha256}
          alt={photo.alt || t('photos.shows', { at })}
          sizes="(min-width: 640px) 220px, 45vw"
          largest={640}
          className="size-full object-cover"
        />
        {index === 0 && (
          <span className="absolute bottom-2 left-2 rounded-full bg-surface px-2.5 py-1 font-medium text-xs shadow-sm">
            {t('photos.cover')}
          </span>
        )}
        <button
          type="button"
          ref={setActivatorNodeRef}
          {...attributes}
          {...listeners}
          aria-label={t('photos.move', { at })}
          className={cx(overlayButton, 'absolute top-2 left-2 cursor-grab touch-none active:cursor-grabbing')}
        >
          <GripVertical aria-hidden="true" className="size-4" />
        </button>
        <button
          type="button"
          aria-label={t('photos.remove', { at })}
          className={cx(overlayButton, 'absolute top-2 right-2')}
          onClick={remove}
        >
          <X aria-hidden="true" className="size-4" />
        </button>
        {index > 0 && (
          <button
            type="button"
            aria-label={t('photos.earlier', { at })}
            className={cx(overlayButton, 'absolute right-2 bottom-2')}
            onClick={onEarlier}
          >
            <ArrowLeft aria-hidden="true" className="size-4" />
          </button>
        )}
      </div>
      <input
        id={fieldId(`photos.${index}.alt`)}
        aria-label={t('photos.alt', { at })}
        aria-invalid={error ? true : undefined}
        placeholder={t('photos.altHint')}
        dir="auto"
        maxLength={contentLimits.alt.max}
        value={photo.alt}
        onChange={(event) => setAlt(event.target.value)}
        className={cx(controlClass, 'text-sm')}
      />
      {error && <p className="font-medium text-danger text-sm">{error}</p>}
    </li>
  )
}
