'use client'
// A GET form whose address stays short: empty fields are left out, ticked ones become a comma list. Works without scripts too.
import { useSearchParams } from 'next/navigation'
import type { ReactNode } from 'react'
import { momentParams } from '@/app/_ui/keep-moment'
import { useGo } from '@/app/_ui/use-go'

type Props = { path: string; label: string; keep: Record<string, string>; children: ReactNode }
export function FilterForm({ path, label, keep, children }: Props) {
  const go = useGo()
  const moment = momentParams(useSearchParams())
  return (
    <form
      method="get"
      action={path}
      role="search"
      aria-label={label}
      className="flex flex-wrap items-center gap-2 print:hidden"
      onSubmit={(event) => {
        event.preventDefault()
        const next = new Map<string, string[]>()
        for (const [name, value] of new FormData(event.currentTarget))
          if (typeof value === 'string' && value.trim())
            next.set(name, [...(next.get(name) ?? []), value.trim()])
        const query = [...next]
          .map(([name, values]) => `${name}=${values.map(encodeURIComponent).join(',')}`)
          .join('&')
        go(query ? `${path}?${query}` : path, { scroll: false })
      }}
    >
      {Object.entries({ ...keep, ...moment }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  )
}
