'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useSession } from '@/features/identity/session'
import { api } from '@/lib/api'
import { shortHex } from '@/lib/format'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { useToast } from '@/ui/toast'
import { MINE_KEY } from './credentials-card'
import { ShowFailure } from './show-failure'

/** What goes into a new proof, and who sees it. */
export function IssueDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTranslations('credentials')
  const { session } = useSession()
  const [chosen, setChosen] = useState<readonly string[] | null>(null)
  const [shown, setShown] = useState(true)
  const wallets = chosen ?? (session ? [session.address] : [])
  const issue = useIssue(onClose)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    issue.mutate({ wallets: [...wallets], shown })
  }
  const toggle = (wallet: string, on: boolean) => setChosen(on ? [...wallets, wallet] : wallets.filter((one) => one !== wallet))
  const several = (session?.wallets.length ?? 0) > 1
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title={t('issueTitle')} description={t('issueText')}>
      <form onSubmit={submit} className="flex flex-col gap-5">
        {several && (
          <fieldset>
            <legend className="font-medium text-sm">{t('wallets')}</legend>
            {session?.wallets.map((wallet) => (
              <Check key={wallet} checked={wallets.includes(wallet)} onChange={(on) => toggle(wallet, on)}>
                <span className="font-mono">{shortHex(wallet)}</span>
              </Check>
            ))}
            <p className="text-muted text-sm">{t('walletsHint')}</p>
          </fieldset>
        )}
        <Check checked={shown} onChange={setShown}>
          {t('shown')}
        </Check>
        {issue.isError && <ShowFailure error={issue.error} />}
        <Button type="submit" loading={issue.isPending} disabled={wallets.length === 0}>
          {t('make')}
        </Button>
      </form>
    </Dialog>
  )
}

function useIssue(onDone: () => void) {
  const t = useTranslations('credentials')
  const toast = useToast()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: api.credentials.issue,
    onSuccess: async () => {
      onDone()
      toast(t('made'), 'success')
      await queries.invalidateQueries({ queryKey: MINE_KEY })
    },
  })
}

function Check({ checked, onChange, children }: { checked: boolean; onChange: (on: boolean) => void; children: ReactNode }) {
  return (
    <label className="flex min-h-11 items-center gap-3 text-sm">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="size-5 accent-primary"
      />
      {children}
    </label>
  )
}
