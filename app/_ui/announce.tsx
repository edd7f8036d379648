'use client'
// One polite live region a page; anything may speak through it.
import { useEffect, useState } from 'react'

const EVENT = 'rollcall:announce'

/** Says a sentence once to assistive technology. */
export const announce = (text: string) => window.dispatchEvent(new CustomEvent(EVENT, { detail: text }))

export function LiveRegion() {
  const [text, setText] = useState('')
  useEffect(() => {
    let clear: ReturnType<typeof setTimeout>
    const hear = (event: Event) => {
      setText(String((event as CustomEvent).detail))
      clearTimeout(clear)
      clear = setTimeout(() => setText(''), 3000)
    }
    window.addEventListener(EVENT, hear)
    return () => {
      window.removeEventListener(EVENT, hear)
      clearTimeout(clear)
    }
  }, [])
  return (
    <div role="status" className="sr-only">
      {text}
    </div>
  )
}
