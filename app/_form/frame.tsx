'use client'
// What stands around a field: its label above it; its hint and its error below.
import type { ReactNode } from 'react'

type NotesProps = { id: string; hint?: ReactNode; error: string | undefined }

/** Below a field, which names them as its description. */
export function Notes({ id, hint, error }: NotesProps) {
  return (
    <>
      {hint && (
        <p id={`${id}-hint`} className="text-caption text-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="text-caption font-medium text-danger">
          {error}
        </p>
      )}
    </>
  )
}

/** The ids of a field's hint and error, where it has them. */
export const describedBy = ({ id, hint, error }: NotesProps): string | undefined =>
  [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined

type FrameProps = NotesProps & {
  label: string
  optional?: boolean
  children: ReactNode
  className?: string
}
export function Frame({ label, optional, children, className = '', ...notes }: FrameProps) {
  return (
    <div className={`flex max-w-full min-w-0 flex-col gap-1 ${className}`}>
      <label htmlFor={notes.id} className="text-ui font-medium">
        {label}
        {optional && <span className="font-normal text-muted"> (optional)</span>}
      </label>
      {children}
      <Notes {...notes} />
    </div>
  )
}
