// Triage of many findings: those selected below, or all that the filter matches.
import type { ReactNode } from 'react'
import { ActionForm } from '@/app/_form/action-form'
import { Submit } from '@/app/_form/submit'
import { ButtonLink } from '@/app/_ui/button'
import { hrefWith } from '@/app/_list/query'
import { triage } from '../actions'
import { TriageFields } from '../triage-fields'
import { Undo } from '../undo'
import { SelectKeys } from './select-keys'

type Props = {
  params: Record<string, string>
  total: string
  people: { id: string; name: string }[]
  children: ReactNode
}

/** Where in the list one is, is no part of what is meant. */
const PLACES = new Set(['sort', 'size', 'after', 'group'])

export function Bulk({ params, total, people, children }: Props) {
  const filter = Object.fromEntries(Object.entries(params).filter(([name]) => !PLACES.has(name)))
  return (
    <ActionForm action={triage} label="Triage" resets quiet className="flex flex-col gap-3">
      <SelectKeys />
      <Undo />
      <input type="hidden" name="filter" value={JSON.stringify(filter)} />
      <details className="rounded-lg border border-hairline px-3 py-2 print:hidden">
        <summary className="cursor-pointer font-medium select-none">Triage several at once</summary>
        <p className="mt-1 text-caption text-muted">
          Tick findings below, or press x on a row. What is left as it is, is not changed.
        </p>
        <div className="mt-2 flex flex-wrap items-end gap-3">
          <TriageFields people={people} />
          <label className="flex h-8 items-center gap-2">
            <input type="checkbox" name="all" value="true" className="size-4" />
            All {total} that match
          </label>
          <Submit busy="Working…">Apply</Submit>
          {(params.rule ?? params.topic) && (
            <ButtonLink href={hrefWith('/exceptions/new', filter, {})}>Ask for an exception</ButtonLink>
          )}
        </div>
      </details>
      {children}
    </ActionForm>
  )
}
