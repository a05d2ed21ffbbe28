import { Moon, Sun } from 'lucide-react'
import { useTranslations } from 'next-intl'

/** Light or dark. Both icons are there; the theme shows one. What it does is in theme-script.ts. */
export function ThemeToggle() {
  const t = useTranslations('ui')
  return (
    <button
      type="button"
      data-theme-toggle
      aria-label={t('theme')}
      className="grid size-11 shrink-0 place-items-center rounded-xl text-muted hover:bg-sunken hover:text-ink"
    >
      <Moon aria-hidden="true" className="size-5 dark:hidden" />
      <Sun aria-hidden="true" className="hidden size-5 dark:block" />
    </button>
  )
}
