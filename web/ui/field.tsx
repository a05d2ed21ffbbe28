import { useTranslations } from 'next-intl'
import { cloneElement, type ReactElement, type ReactNode, useId } from 'react'

interface ControlProps {
  id?: string
  'aria-describedby'?: string
  'aria-invalid'?: boolean
}

/** A label, one control, a hint and an error, tied together for screen readers. The control is the only child. */
export function Field({
  label,
  hint,
  error,
  optional = false,
  quiet = false,
  children,
}: {
  label: ReactNode
  hint?: ReactNode
  error?: ReactNode
  optional?: boolean
  /** In a form of many fields, where the focus goes to the first that is wrong: not every error is read out at once. */
  quiet?: boolean
  children: ReactElement<ControlProps>
}) {
  const t = useTranslations('ui')
  const made = useId()
  const id = children.props.id ?? made
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  const extra: ControlProps = { id }
  if (described) extra['aria-describedby'] = described
  if (error) extra['aria-invalid'] = true
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
        {optional && <span className="ml-1.5 font-normal text-muted">{t('optional')}</span>}
      </label>
      {cloneElement(children, extra)}
      {hint && (
        <p id={`${id}-hint`} className="text-muted text-sm">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} role={quiet ? undefined : 'alert'} className="font-medium text-danger text-sm">
          {error}
        </p>
      )}
    </div>
  )
}
