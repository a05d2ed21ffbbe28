import { Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { Listing } from '@/lib/api'
import { Spinner } from '@/ui/spinner'
import { Proof } from './proof'

/** The seller's signature: checked in the reader's browser, or downloaded and checked anywhere. */
export function ProofSection({ listing }: { listing: Listing }) {
  const t = useTranslations('listing')
  const running = (
    <p className="flex items-center gap-2">
      <Spinner /> {t('proof.running')}
    </p>
  )
  return (
    <Proof listing={listing} title={t('proof.title')} running={running}>
      <noscript>
        <p>{t('proof.static')}</p>
        <p className="mt-3 break-all">
          {t('proof.hash')} {listing.itemHash}
        </p>
      </noscript>
      <a
        href={`/v1/listings/${listing.id}`}
        download={`listing-${listing.id.slice(2, 10)}.json`}
        className="flex min-h-11 items-center gap-2 font-medium text-primary underline underline-offset-4"
      >
        <Download aria-hidden="true" className="size-4" />
        {t('proof.download')}
      </a>
    </Proof>
  )
}
