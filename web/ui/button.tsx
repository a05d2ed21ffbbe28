import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import Link from '@/ui/link'
import { cx } from './cx'
import { Spinner } from './spinner'

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger'
export type ButtonSize = 'sm' | 'md' | 'lg'

interface Looks {
  variant?: ButtonVariant
  size?: ButtonSize
  /** Fills the width it is given. */
  block?: boolean
}

const variants: Record<ButtonVariant, string> = {
  primary: 'bg-primary text-on-primary hover:bg-primary-strong shadow-sm',
  secondary: 'bg-surface text-ink border border-line-strong hover:bg-sunken',
  ghost: 'text-ink hover:bg-sunken',
  danger: 'bg-danger text-on-danger hover:opacity-90 shadow-sm',
}
const sizes: Record<ButtonSize, string> = {
  sm: 'min-h-9 px-3 text-sm rounded-lg gap-1.5',
  md: 'min-h-11 px-4 text-[0.9375rem] rounded-xl gap-2',
  lg: 'min-h-12 px-5 text-base rounded-xl gap-2',
}

export function buttonClass({
  variant = 'primary',
  size = 'md',
  block = false,
}: { [Name in keyof Looks]: Looks[Name] | undefined } = {}): string {
  const base = 'inline-flex items-center justify-center font-semibold transition-colors select-none whitespace-nowrap'
  const unusable = 'disabled:opacity-50 disabled:pointer-events-none aria-disabled:opacity-50 aria-disabled:cursor-default'
  return cx(base, unusable, variants[variant], sizes[size], block && 'w-full')
}

type ButtonProps = Looks & ComponentProps<'button'> & { loading?: boolean }

const ignore = (event: MouseEvent) => event.preventDefault()

/** A button. `loading` shows that it works and keeps it from being pressed again; it keeps the focus, which a disabled one would lose. */
export function Button({ variant, size, block, loading = false, disabled, className, children, onClick, ...rest }: ButtonProps) {
  const isPressable = onClick !== undefined || rest.type === 'submit'
  const press = loading && isPressable ? ignore : onClick // nothing where nothing is to be kept off: servers hand on no functions
  return (
    <button
      type="button"
      {...rest}
      {...(press ? { onClick: press } : {})}
      disabled={disabled}
      aria-disabled={loading || rest['aria-disabled']}
      aria-busy={loading || undefined}
      className={cx(buttonClass({ variant, size, block }), className)}
    >
      {loading && <Spinner />}
      {children}
    </button>
  )
}

/** A link that looks like a button. */
export function ButtonLink({
  variant,
  size,
  block,
  className,
  ...rest
}: Looks & ComponentProps<typeof Link> & { children: ReactNode }) {
  return <Link {...rest} className={cx(buttonClass({ variant, size, block }), className)} />
}
