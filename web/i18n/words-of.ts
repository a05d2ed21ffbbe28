import type { useTranslations } from 'next-intl'
import type { Module } from './catalogues'

/** A translator that a plain function takes as an argument: `(t: Words<'deals'>) => t('list.title')`. */
export type Words<Name extends Module> = ReturnType<typeof useTranslations<Name>>
