interface RelayCheckboxProps {
  title: string
  hint: string
  checked: boolean
  disabled: boolean
  onChange: (checked: boolean) => void
  className?: string
}

/** Whether the marketplace sends what the person signs. */
export function RelayCheckbox({ title, hint, checked, disabled, onChange, className = '' }: RelayCheckboxProps) {
  return (
    <label className={`${className} flex min-h-11 cursor-pointer items-start gap-3 rounded-xl border border-line p-3.5 text-sm`}>
      <input
        type="checkbox"
        className="mt-0.5 size-4 accent-primary"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        <span className="block font-medium">{title}</span>
        <span className="block text-muted">{hint}</span>
      </span>
    </label>
  )
}
