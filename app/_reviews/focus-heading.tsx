'use client'
// Puts the focus on the heading of the page when another card is shown: never on an option.
import { useEffect } from 'react'

export function FocusHeading({ item }: { item: string }) {
  useEffect(() => {
    const heading = document.querySelector<HTMLElement>('main h1')
    heading?.setAttribute('tabindex', '-1')
    heading?.focus({ preventScroll: true })
  }, [item])
  return null
}
