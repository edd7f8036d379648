'use client'
// One filter with its values and how many rows each has. Ticking a value applies it at once.
import { ChevronDown } from 'lucide-react'
import { useEffect, useRef, type RefObject } from 'react'

export type FacetOption = { value: string; title: string; count?: number }
type Props = {
  name: string
  title: string
  options: FacetOption[]
  selected: string[]
  more?: boolean
  /** More rows match than were counted: every count is a lower bound. */
  atLeast?: boolean
  single?: boolean
}

function Option({
  name,
  option,
  checked,
  atLeast,
  single,
}: {
  name: string
  option: FacetOption
  checked: boolean
  atLeast?: boolean
  single: boolean
}) {
  const input = useRef<HTMLInputElement>(null)
  // The address may change without the box: by a chip, or by going back.
  useEffect(() => {
    if (input.current) input.current.checked = checked
  }, [checked])
  return (
    <label className="flex min-h-7 cursor-pointer items-center gap-2 rounded-sm px-2 py-1 hover:bg-hover">
      <input
        ref={input}
        type={single ? 'radio' : 'checkbox'}
        name={name}
        value={option.value}
        defaultChecked={checked}
        onChange={(event) => event.currentTarget.form?.requestSubmit()}
        className="size-4 shrink-0"
      />
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{option.title}</span>
      {option.count !== undefined && (
        <span className="tabular text-caption text-muted">
          {option.count.toLocaleString('en')}
          {atLeast && '+'}
        </span>
      )}
    </label>
  )
}

/** What the values and their counts leave out. */
function Notes({ none, atLeast, more }: { none: boolean; atLeast: boolean; more: boolean }) {
  return (
    <>
      {none && <p className="px-2 py-1 text-muted">Nothing to choose from yet.</p>}
      {atLeast && (
        <p className="px-2 py-1 text-caption text-muted">
          Too many match to count them all: these are lower bounds. Narrow the list for exact counts.
        </p>
      )}
      {more && (
        <p className="px-2 py-1 text-caption text-muted">
          The most frequent ones. Search by name to reach the others.
        </p>
      )}
    </>
  )
}

/** Closes the menu by a key or a press elsewhere. */
function useClosing(details: RefObject<HTMLDetailsElement | null>) {
  useEffect(() => {
    const close = (event: Event) => {
      const element = details.current
      if (!element?.open) return
      if (event instanceof KeyboardEvent) {
        if (event.key !== 'Escape') return
        event.preventDefault()
        element.querySelector('summary')?.focus()
      } else if (element.contains(event.target as Node)) return
      element.open = false
    }
    document.addEventListener('pointerdown', close)
    document.addEventListener('keydown', close)
    return () => {
      document.removeEventListener('pointerdown', close)
      document.removeEventListener('keydown', close)
    }
  }, [details])
}

export function FacetMenu({
  name,
  title,
  options,
  selected,
  more = false,
  atLeast = false,
  single = false,
}: Props) {
  const details = useRef<HTMLDetailsElement>(null)
  useClosing(details)
  return (
    <details ref={details} name="facet" className="relative max-sm:static">
      <summary
        className={`control flex list-none items-center gap-1.5 whitespace-nowrap select-none hover:bg-hover ${selected.length ? 'font-medium' : ''}`}
      >
        {title}
        {selected.length > 0 && <span className="tabular text-accent">{selected.length}</span>}
        <ChevronDown size={14} aria-hidden className="text-muted" />
      </summary>
      <fieldset className="absolute top-full left-0 z-30 mt-1 max-h-80 w-72 overflow-y-auto rounded-lg border border-hairline bg-raised p-1.5 shadow-overlay max-sm:inset-x-3 max-sm:top-auto max-sm:w-auto">
        <legend className="sr-only">{title}</legend>
        {single && (
          <Option name={name} option={{ value: '', title: 'Any' }} checked={!selected.length} single />
        )}
        {options.map((option) => (
          <Option
            key={option.value}
            name={name}
            option={option}
            checked={selected.includes(option.value)}
            atLeast={atLeast}
            single={single}
          />
        ))}
        <Notes none={options.length === 0} atLeast={atLeast} more={more} />
        <noscript>
          <button type="submit" className="control mt-1 w-full">
            Apply
          </button>
        </noscript>
      </fieldset>
    </details>
  )
}
