'use client'
// A link to another page of this site, at the moment the page is about. Nothing else of ours links to pages.
import NextLink from 'next/link'
import { useSearchParams } from 'next/navigation'
import type { ComponentProps } from 'react'
import { keepMoment } from './keep-moment'

type Props = Omit<ComponentProps<typeof NextLink>, 'href'> & {
  href: string
  /** Leads to the present, whatever the page is about. */
  toNow?: boolean
}

export function Link({ href, toNow = false, ...rest }: Props) {
  const search = useSearchParams()
  return <NextLink {...rest} href={toNow ? href : keepMoment(href, search)} />
}

/** A link to a file, at the same moment. */
export function DownloadLink({ href, ...rest }: ComponentProps<'a'> & { href: string }) {
  const search = useSearchParams()
  return (
    <a {...rest} href={keepMoment(href, search)} download>
      {rest.children}
    </a>
  )
}
