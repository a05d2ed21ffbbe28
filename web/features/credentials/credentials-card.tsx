'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { api, type OwnCredential } from '@/lib/api'
import { saveFile } from '@/lib/save-file'
import { useFormat } from '@/lib/use-format'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { Dialog } from '@/ui/dialog'
import { QR_MAX_BYTES, QrCode } from '@/ui/qr-code'
import { Skeleton } from '@/ui/skeleton'
import { useToast } from '@/ui/toast'
import { ImportedCard } from './imported-card'
import { IssueDialog } from './issue-dialog'
import { ShowFailure } from './show-failure'

export const MINE_KEY = ['credentials'] as const

/** Proofs of reputation that the person has, and those of others that they show. */
export function CredentialsCard() {
  const t = useTranslations('credentials')
  const mine = useQuery({ queryKey: MINE_KEY, queryFn: api.credentials.mine })
  const [issuing, setIssuing] = useState(false)
  return (
    <>
      <Card>
        <CardHeader title={t('title')} hint={t('hint')} action={<Button onClick={() => setIssuing(true)}>{t('issue')}</Button>} />
        {mine.isPending && <Skeleton className="h-28" />}
        {mine.isError && !mine.data && <ShowFailure error={mine.error} again={() => mine.refetch()} />}
        {mine.data?.length === 0 && <p className="text-muted text-sm">{t('none')}</p>}
        <ul className="flex flex-col divide-y divide-line">
          {mine.data?.map((credential) => (
            <CredentialRow key={credential.id} credential={credential} />
          ))}
        </ul>
        <IssueDialog open={issuing} onClose={() => setIssuing(false)} />
      </Card>
      <ImportedCard />
    </>
  )
}

function CredentialRow({ credential }: { credential: OwnCredential }) {
  const format = useFormat()
  const t = useTranslations('credentials')
  const [open, setOpen] = useState<'qr' | 'revoke' | null>(null)
  const { state, shown, token } = credential
  const name = t('reviews', { count: credential.count, average: format.number(Number(credential.average ?? 0)) })
  const made = format.date(credential.issuedAt)
  return (
    <li className="flex flex-col gap-3 py-4 first:pt-0">
      <div>
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {name}
          <Badge tone={state === 'valid' ? 'success' : 'neutral'}>{t(`state.${state}`)}</Badge>
          {shown && state === 'valid' && <Badge tone="info">{t('onProfile')}</Badge>}
        </p>
        <p className="mt-1 text-muted text-sm">{t('dates', { from: made, until: format.date(credential.expiresAt) })}</p>
      </div>
      {state === 'valid' && (
        <div className="flex flex-wrap gap-2">
          <Button
            size="sm"
            variant="secondary"
            aria-label={t('saveLabel', { what: made })}
            onClick={() => saveFile(new Blob([`${token}\n`], { type: 'application/vc+jwt' }), t('fileName'))}
          >
            {t('save')}
          </Button>
          <Button size="sm" variant="secondary" onClick={() => setOpen('qr')}>
            {t('qr')}
          </Button>
          <Button size="sm" variant="ghost" aria-label={t('revokeLabel', { what: made })} onClick={() => setOpen('revoke')}>
            {t('revoke')}
          </Button>
        </div>
      )}
      <Dialog open={open === 'qr'} onOpenChange={(next) => !next && setOpen(null)} title={t('qrTitle')} description={t('qrText')}>
        {token.length <= QR_MAX_BYTES ? (
          <QrCode text={token} label={t('qrLabel')} className="h-auto w-full rounded-xl" />
        ) : (
          <p>{t('qrTooLarge')}</p>
        )}
      </Dialog>
      <RevokeDialog id={credential.id} open={open === 'revoke'} onClose={() => setOpen(null)} />
    </li>
  )
}

function RevokeDialog({ id, open, onClose }: { id: string; open: boolean; onClose: () => void }) {
  const t = useTranslations('credentials')
  const toast = useToast()
  const queries = useQueryClient()
  const revoke = useMutation({
    mutationFn: () => api.credentials.revoke(id),
    onSuccess: async () => {
      onClose()
      toast(t('revoked'), 'success')
      await queries.invalidateQueries({ queryKey: MINE_KEY })
    },
  })
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title={t('revokeTitle')} description={t('revokeText')}>
      {revoke.isError && <ShowFailure error={revoke.error} />}
      <div className="mt-4 flex justify-end gap-2">
        <Button variant="secondary" onClick={onClose}>
          {t('keep')}
        </Button>
        <Button variant="danger" loading={revoke.isPending} onClick={() => revoke.mutate()}>
          {t('revoke')}
        </Button>
      </div>
    </Dialog>
  )
}
