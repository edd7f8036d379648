'use client'
// A list in the policy whose entries are added, taken out and moved: the first that fits counts, so that order matters.
import { ArrowUp, Plus, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { announce } from '@/app/_ui/announce'
import { Button } from '@/app/_ui/button'
import { useEditor } from './context'
import type { Draft, Path } from './draft'

type Props = {
  path: Path
  /** What one entry is called: told by its number too. */
  one: string
  none: string
  /** A new entry, before anything is typed. */
  empty: Draft
  /** Whether one that stands earlier goes before the others. */
  ordered?: boolean
  children: (path: Path, at: number) => ReactNode
}

function EntryError({ path }: { path: Path }) {
  const { issues } = useEditor()
  const name = path.join('.')
  const own = issues.find((issue) => issue.path === name)
  return own ? <p className="text-caption font-medium text-danger">{own.message}</p> : null
}

export function Entries({ path, one, none, empty, ordered = false, children }: Props) {
  const { value, set, readOnly } = useEditor()
  const found = value(path)
  const list = Array.isArray(found) ? (found as unknown[]) : []
  const earlier = (at: number) => {
    const next = [...list]
    next.splice(at - 1, 2, list[at], list[at - 1])
    set(path, next)
    announce(`${one} ${at + 1} is ${one} ${at} now`)
  }
  return (
    <div>
      {!list.length && (
        <p className="rounded-lg border border-dashed border-control px-3 py-3 text-muted">{none}</p>
      )}
      <ol className="flex flex-col gap-3">
        {list.map((_, at) => (
          <li key={at} className="rounded-lg border border-hairline p-3">
            <fieldset className="flex min-w-0 flex-wrap items-start gap-x-4 gap-y-3">
              <legend className="sr-only">
                {one} {at + 1}
              </legend>
              {children([...path, at], at)}
              {!readOnly && (
                <span className="flex gap-1 self-end">
                  {ordered && at > 0 && (
                    <Button look="quiet" onClick={() => earlier(at)} aria-label={`Move ${one} ${at + 1} up`}>
                      <ArrowUp size={14} aria-hidden />
                    </Button>
                  )}
                  <Button
                    look="quiet"
                    onClick={() => {
                      set([...path, at], undefined)
                      announce(`${one} ${at + 1} was taken out`)
                    }}
                    aria-label={`Take out ${one} ${at + 1}`}
                  >
                    <Trash2 size={14} aria-hidden />
                  </Button>
                </span>
              )}
            </fieldset>
            <EntryError path={[...path, at]} />
          </li>
        ))}
      </ol>
      <EntryError path={path} />
      {!readOnly && (
        <Button className="mt-3" onClick={() => set([...path, list.length], empty)}>
          <Plus size={14} aria-hidden /> Add {one}
        </Button>
      )}
    </div>
  )
}
