'use client'
// Goes to another page of this site, at the moment the page is about. Nothing else of ours pushes addresses.
import { useRouter, useSearchParams } from 'next/navigation'
import { useCallback } from 'react'
import { keepMoment } from './keep-moment'

export function useGo(): (href: string, options?: { scroll?: boolean; toMoment?: boolean }) => void {
  const router = useRouter()
  const search = useSearchParams()
  return useCallback(
    (href, { scroll, toMoment = false } = {}) =>
      router.push(toMoment ? href : keepMoment(href, search), { scroll }),
    [router, search],
  )
}
