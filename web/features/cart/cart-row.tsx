'use client'

import { Minus, Plus, Trash2 } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { ItemLine } from '@/features/checkout/item-line'
import { tokenOf, useMarketConfig } from '@/lib/chain'
import { money } from '@/lib/format'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Field } from '@/ui/field'
import Link from '@/ui/link'
import { Select } from '@/ui/select'
import { Skeleton } from '@/ui/skeleton'
import type { CartLine } from './cart'
import type { LoadedLine } from './loaded'

interface CartRowProps {
  loaded: LoadedLine
  disabled: boolean
  onChange: (line: CartLine) => void
  /** To have it in another way. */
  onChoose: (choice: number) => void
  onRemove: () => void
}

/** One thing in the cart: how it comes, how many, and whether it can still be had. */
export function CartRow({ loaded, disabled, onChange, onChoose, onRemove }: CartRowProps) {
  const t = useTranslations('cart')
  const locale = useLocale()
  const market = useMarketConfig()
  const { line, listing, choice, available, deals } = loaded
  if (listing === undefined) return <Skeleton className="my-3 h-20" />
  const token = listing ? tokenOf(market, listing.token) : undefined
  const isGone = available === 0
  return (
    <li className="flex flex-col gap-3 py-4 first:pt-0 last:pb-0">
      {listing ? <ItemLine listing={listing} /> : <p className="font-semibold">{t('unknown')}</p>}
      {isGone && (
        <p>
          <Badge tone="warning">{t('soldOut')}</Badge>
        </p>
      )}
      {listing?.replacedBy && (
        <Link href={`/listings/${listing.replacedBy}`} className="text-primary text-sm underline underline-offset-4">
          {t('newer')}
        </Link>
      )}
      {!isGone && deals.length < line.quantity && (
        <p>
          <Badge tone="warning">{t('fewer', { count: available })}</Badge>
        </p>
      )}
      <div className="flex flex-wrap items-end justify-between gap-3">
        {listing && choice && listing.choices.length > 1 && !isGone && (
          <Field label={t('how')}>
            <Select
              disabled={disabled}
              value={String(choice.choice)}
              onChange={(event) => onChoose(Number(event.target.value))}
              options={listing.choices.map((one) => ({
                value: String(one.choice),
                label: one.kind === 'pickup' ? t('pickup') : one.name || t('post'),
              }))}
            />
          </Field>
        )}
        {!isGone && <Quantity line={line} most={available} disabled={disabled} onChange={onChange} />}
        <div className="ml-auto flex items-center gap-3">
          {token && choice && !isGone && (
            <span className="font-semibold">{money(BigInt(choice.price) * BigInt(deals.length), token, locale)}</span>
          )}
          <Button
            variant="ghost"
            size="sm"
            disabled={disabled}
            onClick={onRemove}
            aria-label={t('remove', { title: listing?.title ?? t('unknown') })}
          >
            <Trash2 aria-hidden="true" className="size-4" />
          </Button>
        </div>
      </div>
    </li>
  )
}

function Quantity({
  line,
  most,
  disabled,
  onChange,
}: {
  line: CartLine
  most: number
  disabled: boolean
  onChange: (line: CartLine) => void
}) {
  const t = useTranslations('cart')
  const { quantity } = line
  if (most <= 1 && quantity <= 1) return null
  const set = (count: number) => onChange({ ...line, quantity: count })
  return (
    <div className="flex items-center gap-2">
      <Button
        variant="secondary"
        size="sm"
        disabled={disabled || quantity <= 1}
        onClick={() => set(quantity - 1)}
        aria-label={t('less')}
      >
        <Minus aria-hidden="true" className="size-4" />
      </Button>
      <span className="min-w-6 text-center font-medium tabular-nums">{quantity}</span>
      <Button
        variant="secondary"
        size="sm"
        disabled={disabled || quantity >= most}
        onClick={() => set(quantity + 1)}
        aria-label={t('more')}
      >
        <Plus aria-hidden="true" className="size-4" />
      </Button>
    </div>
  )
}
