'use client'
// Places that have no past, such as settings and what makes new things: on an address about the past they say so.
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { useIsPast } from '@/app/_ui/address-moment'
import { BackToNow } from './back-to-now'
import { hasPast } from './navigation'

export function PresentOnly({ children }: { children: ReactNode }) {
  const path = usePathname()
  if (!useIsPast() || hasPast(path)) return children
  return (
    <div data-no-moment>
      <h1 className="text-title">This page has no past</h1>
      <p className="mt-2 max-w-[60ch] text-prose text-muted">
        It is about the present, or names its moments itself. What was known at an earlier moment is on the
        pages of identities, findings, sources and activity.
      </p>
      <div className="mt-4">
        <BackToNow look="primary">Open it as of now</BackToNow>
      </div>
    </div>
  )
}
