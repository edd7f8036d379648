'use client'
// Whoever leaves with changes that were not saved is asked first, and finds them again when they come back.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Draft } from './draft'

const KEY = 'rollcall:policy-draft'
const ASK = 'Your changes to the policy are not saved. Leave all the same?'

type Kept = { version: number; draft: Draft }
function kept(): Kept | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Kept | undefined
  } catch {
    // A browser may keep nothing, or have kept something else.
    return undefined
  }
}
function keep(value: Kept | undefined): void {
  try {
    if (value) sessionStorage.setItem(KEY, JSON.stringify(value))
    else sessionStorage.removeItem(KEY)
  } catch {
    // Without room nothing is kept; leaving still asks.
  }
}

/** @param draft undefined where nothing was changed */
export function useLeaveGuard(draft: Draft | undefined, version: number) {
  const [found, setFound] = useState<Kept>()
  useEffect(() => {
    // Only a browser has it: what the server renders has nothing of it.
    const before = kept()
    // Of another version: it was saved, or what it was made from does not count any more.
    if (before?.version === version) queueMicrotask(() => setFound(before))
    else keep(undefined)
  }, [version])
  const wasChanged = useRef(false)
  useEffect(() => {
    if (!draft && wasChanged.current) keep(undefined)
    wasChanged.current = draft !== undefined
    if (!draft) return
    keep({ version, draft })
    const unload = (event: BeforeUnloadEvent) => event.preventDefault()
    const click = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null
      if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute('download')) return
      if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
      const isHere = link.origin === location.origin && link.pathname === location.pathname
      if (isHere || window.confirm(ASK)) return
      event.preventDefault()
      event.stopPropagation()
    }
    window.addEventListener('beforeunload', unload)
    document.addEventListener('click', click, { capture: true })
    return () => {
      window.removeEventListener('beforeunload', unload)
      document.removeEventListener('click', click, { capture: true })
    }
  }, [draft, version])
  const forget = useCallback(() => {
    keep(undefined)
    setFound(undefined)
  }, [])
  return { found: draft ? undefined : found, forget }
}
