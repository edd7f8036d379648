'use client'
// The text filter of a list. `/` puts the cursor here.
import { Search } from 'lucide-react'
import { useEffect, useRef } from 'react'

export function SearchBox({
  value,
  label,
  placeholder,
}: {
  value?: string
  label: string
  placeholder: string
}) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (input.current && input.current !== document.activeElement) input.current.value = value ?? ''
  }, [value])
  return (
    <div className="relative w-72 max-sm:w-full">
      <Search
        size={14}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-muted"
      />
      <input
        ref={input}
        type="search"
        name="q"
        defaultValue={value}
        aria-label={label}
        placeholder={placeholder}
        maxLength={300}
        autoComplete="off"
        data-list-search
        className="control w-full pl-8"
      />
    </div>
  )
}
