'use client'
// A text field that offers identities while one types. Without scripts, or without an answer, it is a plain field.
import { useEffect, useRef, useState } from 'react'
import { typeWords } from '@/app/_inventory/words'

const PAUSE_MS = 150
type Row = { name: string; type: string; nativeId: string; scope: { name: string; nativeId: string } }
type Offer = { value: string; title: string }

/** A name alone where it is one identity's among those found; else with its scope in front, or by its native id. */
function offersOf(rows: Row[]): Offer[] {
  const taken = new Map<string, number>()
  const add = (key: string) => taken.set(key, (taken.get(key) ?? 0) + 1)
  const long = ({ name, scope }: Row) => `${scope.nativeId}:${name}`
  for (const row of rows) {
    add(row.name)
    add(long(row))
  }
  const value = (row: Row) =>
    taken.get(row.name) === 1 ? row.name : taken.get(long(row)) === 1 ? long(row) : row.nativeId
  return rows.map((row) => ({ value: value(row), title: `${typeWords(row.type)} in ${row.scope.name}` }))
}

type Props = {
  id: string
  name: string
  value?: string
  required?: boolean
  invalid: boolean
  describedBy?: string
}
export function NamedField({ id, name, value, required, invalid, describedBy }: Props) {
  const [typed, setTyped] = useState('')
  const [offers, setOffers] = useState<Offer[]>([])
  const asked = useRef('')
  useEffect(() => {
    const text = typed.trim()
    if (!text || text === asked.current) return
    const stop = new AbortController()
    const later = setTimeout(async () => {
      const query = new URLSearchParams({ q: text, size: '25' })
      const response = await fetch(`/api/v1/identities?${query}`, { signal: stop.signal }).catch(
        () => undefined,
      )
      if (!response?.ok) return
      const { rows } = (await response.json()) as { rows: Row[] }
      asked.current = text
      setOffers(offersOf(rows))
    }, PAUSE_MS)
    return () => {
      clearTimeout(later)
      stop.abort()
    }
  }, [typed])
  return (
    <>
      <input
        {...{ id, name, required }}
        list={`${id}-offers`}
        defaultValue={value}
        onInput={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        className="control w-full"
      />
      <datalist id={`${id}-offers`}>
        {offers.map((offer, i) => (
          <option key={`${i} ${offer.value}`} value={offer.value} label={`${offer.value}: ${offer.title}`} />
        ))}
      </datalist>
    </>
  )
}
