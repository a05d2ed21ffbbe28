import { conditions } from '@fairhold/protocol/listing/content'
import { Search } from 'lucide-react'
import type { TokenInfo } from '@/lib/chain-tokens'
import { buttonClass } from '@/ui/button'
import { Field } from '@/ui/field'
import Form from '@/ui/get-form'
import { Input } from '@/ui/input'
import { Select } from '@/ui/select'
import { conditionWords, marketCopy, sortWords } from './copy'
import { type Filters, sorts } from './filters'

/** Search and filters: a plain form that ends in the address bar, so it works without JavaScript and can be shared. */
export function SearchForm({ filters, tokens }: { filters: Filters; tokens: readonly TokenInfo[] }) {
  const any = { value: '', label: 'Any' }
  return (
    <Form action="/" className="flex flex-col gap-4" role="search">
      {filters.category && <input type="hidden" name="category" value={filters.category} />}
      <div className="flex gap-2">
        <div className="relative flex-1">
          <Search aria-hidden="true" className="pointer-events-none absolute top-1/2 left-4 size-5 -translate-y-1/2 text-muted" />
          <Input
            type="search"
            name="q"
            defaultValue={filters.q}
            aria-label={marketCopy.search}
            placeholder="Camera, bicycle, guitar…"
            className="pl-12"
            maxLength={200}
          />
        </div>
        <button type="submit" className={buttonClass()}>
          Search
        </button>
      </div>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6">
        <Field label="Condition">
          <Select
            name="condition"
            defaultValue={filters.condition}
            options={[any, ...conditions.map((value) => ({ value, label: conditionWords[value] }))]}
          />
        </Field>
        <Field label="Currency">
          <Select
            name="token"
            defaultValue={filters.token}
            options={[any, ...tokens.map(({ symbol }) => ({ value: symbol, label: symbol }))]}
          />
        </Field>
        <Field label="Price from">
          <Input name="min" inputMode="decimal" defaultValue={filters.min} maxLength={40} />
        </Field>
        <Field label="Price to">
          <Input name="max" inputMode="decimal" defaultValue={filters.max} maxLength={40} />
        </Field>
        <Field label="Sort by">
          <Select
            name="sort"
            defaultValue={filters.sort}
            options={[{ value: '', label: 'Automatic' }, ...sorts.map((value) => ({ value, label: sortWords[value] }))]}
          />
        </Field>
        <label className="flex min-h-11 items-center gap-2 self-end text-sm">
          <input type="checkbox" name="all" value="1" defaultChecked={filters.all} className="size-5 accent-primary" />
          Show sold ones
        </label>
      </div>
      {(filters.min || filters.max) && !filters.token && (
        <p className="text-sm text-warning">Choose a currency for the price to count.</p>
      )}
    </Form>
  )
}
