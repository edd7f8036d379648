'use client'
// The moment in the address, for what stands around the page: the server decides whether it can be shown.
import { useSearchParams } from 'next/navigation'
import { momentParams } from './keep-moment'
import { shownMoment, type ShownMoment } from './moment-words'

/** Whether the address asks about the past, understood or not. */
export const useIsPast = (): boolean => momentParams(useSearchParams()).asOf !== undefined

/** Undefined for the present, and for what is not a moment. */
export function useAddressMoment(): ShownMoment | undefined {
  return shownMoment(momentParams(useSearchParams()))
}
