'use client'
// Search and go: places of the console, or the typed words as a search over identities, findings and credentials.
import { Search } from 'lucide-react'
import { useRef, useState } from 'react'
import { useGo } from '@/app/_ui/use-go'

type Target = { href: string; title: string; hint: string }
type Props = { places: { href: string; title: string }[] }

function targetsFor(text: string, places: Props['places']): Target[] {
  const words = text.trim()
  const found = places
    .filter((place) => place.title.toLowerCase().includes(words.toLowerCase()))
    .map((place) => ({ ...place, hint: 'Go to' }))
  if (!words) return found
  const query = encodeURIComponent(words)
  return [
    { href: `/identities?q=${query}`, title: `Identities named “${words}”`, hint: 'Search' },
    { href: `/findings?q=${query}`, title: `Findings about “${words}”`, hint: 'Search' },
    { href: `/credentials?q=${query}`, title: `Credentials named “${words}”`, hint: 'Search' },
    ...found,
  ]
}

type Results = { targets: Target[]; active: number; go: (target: Target) => void }

function Results({ targets, active, go }: Results) {
  return (
    <ul id="palette-list" role="listbox" aria-label="Results" className="max-h-80 overflow-y-auto p-1.5">
      {targets.map((target, i) => (
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- keys are handled by the text field
        <li
          key={target.href}
          id={`palette-${i}`}
          role="option"
          aria-selected={i === active}
          onClick={() => go(target)}
          className="flex h-9 cursor-pointer items-center justify-between gap-4 rounded-md px-3 hover:bg-hover aria-selected:bg-selected"
        >
          <span className="truncate">{target.title}</span>
          <span className="shrink-0 text-caption text-muted">{target.hint}</span>
        </li>
      ))}
    </ul>
  )
}

export function Palette({ places }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const goTo = useGo()
  const targets = targetsFor(text, places)
  const active = Math.min(at, targets.length - 1)
  const go = (target: Target | undefined) => {
    if (!target) return
    dialog.current?.close()
    goTo(target.href)
  }
  const press = (event: React.KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step) setAt((active + step + targets.length) % targets.length)
    else if (event.key === 'Enter') go(targets[active])
    else return
    event.preventDefault()
  }
  return (
    <dialog
      ref={dialog}
      id="palette"
      aria-label="Search"
      onClose={() => {
        setText('')
        setAt(0)
      }}
      className="mx-auto mt-[12vh] w-140 max-w-[calc(100vw-24px)] rounded-lg border border-hairline bg-raised p-0 text-ink shadow-overlay backdrop:bg-ink/30"
    >
      <div className="relative border-b border-hairline">
        <Search size={16} aria-hidden className="absolute top-1/2 left-4 -translate-y-1/2 text-muted" />
        <input
          type="text"
          role="combobox"
          aria-label="Search identities and findings, or go to a page"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={targets[active] ? `palette-${active}` : undefined}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setAt(0)
          }}
          onKeyDown={press}
          placeholder="Search identities and findings, or go to a page"
          autoComplete="off"
          className="h-12 w-full bg-transparent pr-4 pl-11 text-prose focus-visible:outline-none"
        />
      </div>
      <Results targets={targets} active={active} go={go} />
      <p role="status" className="sr-only">
        {targets.length} results
      </p>
    </dialog>
  )
}
