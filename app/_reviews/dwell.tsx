'use client'
// Measures how long a card was in sight and had the focus, and which of its folded parts were opened. It is sent with the
// decision, and nowhere else.
import { useEffect, useRef } from 'react'

const isSeen = () => document.visibilityState === 'visible' && document.hasFocus()

/** In a form: adds `dwellMs` and `opened` to what it sends. */
export function Dwell({ item }: { item: string }) {
  const mark = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const form = mark.current?.form
    let total = 0
    let since = isSeen() ? performance.now() : undefined
    const opened = new Set<string>()
    const settle = () => {
      const now = performance.now()
      if (since !== undefined) total += now - since
      since = isSeen() ? now : undefined
    }
    const note = ({ target }: Event) => {
      if (target instanceof HTMLDetailsElement && target.open && target.dataset.evidence)
        opened.add(target.dataset.evidence)
    }
    const add = ({ formData }: FormDataEvent) => {
      settle()
      formData.set('dwellMs', String(Math.round(total)))
      formData.set('opened', [...opened].join(','))
    }
    for (const name of ['focus', 'blur']) window.addEventListener(name, settle)
    document.addEventListener('visibilitychange', settle)
    document.addEventListener('toggle', note, true)
    form?.addEventListener('formdata', add)
    return () => {
      for (const name of ['focus', 'blur']) window.removeEventListener(name, settle)
      document.removeEventListener('visibilitychange', settle)
      document.removeEventListener('toggle', note, true)
      form?.removeEventListener('formdata', add)
    }
  }, [item])
  return <input ref={mark} type="hidden" name="measured" value={item} />
}
