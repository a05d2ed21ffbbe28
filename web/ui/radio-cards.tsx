import type { ReactNode } from 'react'
import { cx } from './cx'

export interface RadioCard {
  value: string
  title: ReactNode
  hint?: ReactNode
  aside?: ReactNode
  disabled?: boolean
}

/** One of a few choices, each with room to explain itself. */
export function RadioCards({
  legend,
  name,
  options,
  value,
  onChange,
  columns = 1,
}: {
  legend: ReactNode
  name: string
  options: readonly RadioCard[]
  value: string
  onChange: (value: string) => void
  columns?: 1 | 2 | 3
}) {
  const grid = { 1: '', 2: 'sm:grid-cols-2', 3: 'sm:grid-cols-3' }[columns]
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-sm">{legend}</legend>
      <div className={cx('grid gap-2', grid)}>
        {options.map((option) => (
          <label
            key={option.value}
            className={cx(
              'flex min-h-11 cursor-pointer items-start gap-3 rounded-xl border border-line-strong bg-field p-3.5 has-checked:border-primary has-checked:bg-primary-soft',
              'has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-2 has-disabled:cursor-not-allowed has-disabled:opacity-60',
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={value === option.value}
              disabled={option.disabled}
              onChange={() => onChange(option.value)}
              className="mt-1 size-4 accent-primary"
            />
            <span className="min-w-0 flex-1">
              <span className="flex flex-wrap justify-between gap-x-3">
                <span className="font-medium">{option.title}</span>
                {option.aside}
              </span>
              {option.hint && <span className="block text-muted text-sm">{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
