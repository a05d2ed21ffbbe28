'use client'

import { useMutation } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useStepUp } from '@/features/identity/step-up'
import { Failure } from '@/features/settings/failure'
import { api } from '@/lib/api'
import { saveFile } from '@/lib/save-file'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { useToast } from '@/ui/toast'

const parts = ['account', 'listings', 'deals', 'words', 'keys', 'chain'] as const

/** Downloads everything that is held on the person. */
export function ExportCard() {
  const t = useTranslations('privacy')
  const stepUp = useStepUp()
  const toast = useToast()
  const download = useMutation({
    mutationFn: () => stepUp(api.privacy.exportData),
    onSuccess: ({ file, name }) => {
      saveFile(file, name)
      toast(t('export.done'), 'success')
    },
  })
  return (
    <Card>
      <CardHeader title={t('export.title')} hint={t('export.hint')} />
      <ul className="mb-5 list-disc space-y-1 pl-5 text-sm">
        {parts.map((part) => (
          <li key={part}>{t(`export.parts.${part}`)}</li>
        ))}
      </ul>
      {download.isError && (
        <div className="mb-4">
          <Failure error={download.error} />
        </div>
      )}
      <Button loading={download.isPending} onClick={() => download.mutate()}>
        <Download aria-hidden="true" className="size-4" />
        {t('export.action')}
      </Button>
    </Card>
  )
}
