'use client'
// What changes something, and what is about the present only: it is not there on a page about the past.
import type { ReactNode } from 'react'
import { useIsPast } from './address-moment'

export function OnlyNow({ children, past = null }: { children: ReactNode; past?: ReactNode }) {
  return useIsPast() ? past : children
}
