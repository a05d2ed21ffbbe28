'use client'

import { Moon, Sun } from 'lucide-react'
import { useTranslations } from 'next-intl'

function toggle(): void {
  const root = document.documentElement
  const next = root.dataset.theme === 'dark' ? 'light' : 'dark'
  root.dataset.theme = next
  try {
    localStorage.setItem('fairhold.theme', next)
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

/** Light or dark. Both icons are there; the theme shows one. */
export function ThemeToggle() {
  const t = useTranslations('ui')
  return (
    <button
      type="button"
      onClick={toggle}
      aria-label={t('theme')}
      className="grid size-11 place-items-center rounded-xl text-muted hover:bg-sunken hover:text-ink"
    >
      <Moon aria-hidden="true" className="size-5 dark:hidden" />
      <Sun aria-hidden="true" className="hidden size-5 dark:block" />
    </button>
  )
}
