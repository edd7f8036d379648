'use client'
// Keyboard shortcuts. Single letters are inert inside fields and can be switched off; Ctrl+K always works.
import { useEffect } from 'react'
import { useGo } from '@/app/_ui/use-go'
import { openDialog } from './open-dialog'

const SEQUENCE_MS = 1200

/** What letters are typed into. A box or a button to choose by takes none. */
const isField = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('textarea, select, input:not([type=radio], [type=checkbox])'))

/** What this page has a key of its own for: a link or an option is taken, a field gets the cursor. */
function pageKey(key: string): boolean {
  const target = [...document.querySelectorAll<HTMLElement>('[data-shortcut]')].find(
    (one) => one.dataset.shortcut === key && one.getClientRects().length > 0,
  )
  if (!target) return false
  target.focus()
  if (!isField(target)) target.click()
  return true
}

/** Sends the form of the page by the button that says so. */
function sendForm(): boolean {
  const button = document.querySelector<HTMLButtonElement>('[data-submit-shortcut]')
  button?.form?.requestSubmit(button)
  return button !== null
}

/** Moves the focus to the next or previous row of the list on the page. */
function moveRow(step: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row-link]')]
  if (!rows.length) return false
  const at = rows.findIndex((row) => row === document.activeElement)
  rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + step))]?.focus()
  return true
}

const onRow = () =>
  document.activeElement instanceof HTMLElement && 'rowLink' in document.activeElement.dataset

export function Shortcuts({ enabled, places }: { enabled: boolean; places: Record<string, string> }) {
  const go = useGo()
  useEffect(() => {
    let started = 0
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        openDialog('palette')
        return
      }
      if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') {
        if (sendForm()) event.preventDefault()
        return
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return
      const { key } = event
      // Arrow keys move between rows only once a row has the focus: elsewhere they scroll.
      if ((key === 'ArrowDown' || key === 'ArrowUp') && onRow()) {
        if (moveRow(key === 'ArrowDown' ? 1 : -1)) event.preventDefault()
        return
      }
      if (!enabled) return
      const place = Date.now() - started < SEQUENCE_MS ? places[key] : undefined
      started = 0
      if (place) go(place)
      else if (pageKey(key)) event.preventDefault()
      else if (key === 'g') started = Date.now()
      else if (key === 'j') moveRow(1)
      else if (key === 'k') moveRow(-1)
      else if (key === '?') openDialog('help')
      else if (key === '/') {
        const search = document.querySelector<HTMLInputElement>('[data-list-search]')
        if (!search) return openDialog('palette')
        event.preventDefault()
        search.focus()
        search.select()
      }
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [enabled, places, go])
  return null
}
