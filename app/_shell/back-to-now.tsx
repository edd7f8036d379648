'use client'
// The way from the past to the present of the same page.
import { usePathname, useSearchParams } from 'next/navigation'
import type { ReactNode } from 'react'
import { ButtonLink } from '@/app/_ui/button'
import { atOtherMoment } from '@/app/_ui/keep-moment'

type Props = { children?: ReactNode; look?: 'primary' | 'plain'; className?: string }
export function BackToNow({ children = 'Back to now', look, className }: Props) {
  const href = atOtherMoment(usePathname(), useSearchParams().toString())
  return (
    <ButtonLink href={href} toNow look={look} className={className}>
      {children}
    </ButtonLink>
  )
}
