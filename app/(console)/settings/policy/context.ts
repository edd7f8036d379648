'use client'
// What all fields of the editor share: what is typed, what is wrong with it, and how it is changed.
import { createContext, use } from 'react'
import type { Issue } from '@/core/errors'
import { at, pathName, type Draft, type Path } from './draft'

type Editing = {
  draft: Draft
  set: (path: Path, value: unknown) => void
  issues: readonly Issue[]
  readOnly: boolean
}
export const EditorContext = createContext<Editing>({ draft: {}, set: () => {}, issues: [], readOnly: true })

export function useEditor() {
  const { draft, set, issues, readOnly } = use(EditorContext)
  return { value: (path: Path) => at(draft, path), set, issues, readOnly }
}

/** The error of a field, or of an entry in it. */
export function useIssue(path: Path): string | undefined {
  const { issues } = use(EditorContext)
  const name = pathName(path)
  const found = issues.find((issue) => issue.path === name || issue.path.startsWith(`${name}.`))
  return found?.message
}
