'use client'

import { Check, Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { shortDid, shortHex } from '@/lib/format'

const COPIED_MS = 1500

/** An address, a hash or a DID in short, with a button that copies all of it. */
export function Address({ value, label }: { value: string; label?: string }) {
  const t = useTranslations('ui')
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(value)
    setCopied(true)
    setTimeout(() => setCopied(false), COPIED_MS)
  }
  return (
    <span className="inline-flex items-center gap-1 font-mono text-[0.85em]" title={value}>
      {value.startsWith('did:') ? shortDid(value) : shortHex(value)}
      <button
        type="button"
        onClick={copy}
        aria-label={copied ? t('copied') : (label ?? t('copyAddress'))}
        className="rounded-md p-1 text-muted hover:bg-sunken hover:text-ink"
      >
        {copied ? <Check aria-hidden="true" className="size-3.5" /> : <Copy aria-hidden="true" className="size-3.5" />}
      </button>
    </span>
  )
}
