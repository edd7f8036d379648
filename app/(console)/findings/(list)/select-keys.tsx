'use client'
// Selecting rows by keyboard: x on a row selects it. Inert unless a row has the focus, so it is in nobody's way.
import { useEffect } from 'react'

const boxOf = (row: Element | null) =>
  row?.closest('tr')?.querySelector<HTMLInputElement>('input[name="finding"]') ?? null

export function SelectKeys() {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const on = document.activeElement
      if (event.key !== 'x' || event.ctrlKey || event.metaKey || event.altKey) return
      if (!(on instanceof HTMLElement) || !('rowLink' in on.dataset)) return
      boxOf(on)?.click()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
  return null
}
