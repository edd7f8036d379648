// The parts of a question: labelled, with a hint, and with what is wrong and how to mend it beside them.
import type { ComponentProps, ReactNode } from 'react'
import type { Refused } from './asked'
import { NamedField } from './named-field'

type Common = {
  name: string
  label: string
  hint?: ReactNode
  value?: string
  refused?: Refused
  required?: boolean
}

/** Ids, and the words about the field, as the page holds one form only. */
export function wordsFor({ name, hint, refused }: Pick<Common, 'name' | 'hint' | 'refused'>) {
  const error = refused?.issues.find((issue) => issue.path === name)?.message
  const id = `ask-${name}`
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
  return { id, error, describedBy }
}

type FrameProps = Pick<Common, 'label' | 'hint' | 'required'> & {
  id: string
  error?: string
  children: ReactNode
}
function Frame({ id, label, hint, error, required = false, children }: FrameProps) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="font-medium">
        {label} {!required && <span className="font-normal text-muted">(optional)</span>}
      </label>
      {children}
      {hint && (
        <p id={`${id}-hint`} className="text-caption text-muted [overflow-wrap:anywhere]">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="text-caption font-medium text-danger [overflow-wrap:anywhere]">
          {error}
        </p>
      )}
    </div>
  )
}

export function Text({
  name,
  label,
  hint,
  value,
  refused,
  required,
  ...rest
}: Common & ComponentProps<'input'>) {
  const { id, error, describedBy } = wordsFor({ name, hint, refused })
  return (
    <Frame {...{ id, label, hint, error, required }}>
      <input
        {...rest}
        {...{ id, name, required }}
        defaultValue={value}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy}
        className="control w-full"
      />
    </Frame>
  )
}

/** A field that names an identity: identities whose name fits are offered while one types. */
export function Named({ name, label, hint, value, refused, required }: Common) {
  const { id, error, describedBy } = wordsFor({ name, hint, refused })
  return (
    <Frame {...{ id, label, hint, error, required }}>
      <NamedField {...{ id, name, required, describedBy }} value={value} invalid={error !== undefined} />
    </Frame>
  )
}

export function Lines({ name, label, hint, value, refused, placeholder }: Common & { placeholder: string }) {
  const { id, error, describedBy } = wordsFor({ name, hint, refused })
  return (
    <Frame {...{ id, label, hint, error }}>
      <textarea
        {...{ id, name, placeholder }}
        rows={3}
        defaultValue={value}
        spellCheck={false}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy}
        className="control h-auto w-full py-1.5 font-mono"
      />
    </Frame>
  )
}

export function Bounds({
  hops,
  most,
  fields,
}: {
  hops: number
  most: number
  fields: Record<string, string>
}) {
  const choices = Array.from({ length: most }, (_, i) => i + 1)
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
      <label className="inline-flex items-center gap-2">
        <span className="font-medium">At most</span>
        <select
          name="hops"
          defaultValue={choices.includes(Number(fields.hops)) ? fields.hops : String(hops)}
          data-usual={hops}
          className="control"
        >
          {choices.map((n) => (
            <option key={n} value={n}>
              {n} {n === 1 ? 'step' : 'steps'}
            </option>
          ))}
        </select>
      </label>
      <label className="inline-flex min-h-6 items-center gap-2">
        <input
          type="checkbox"
          name="certain"
          value="true"
          defaultChecked={fields.certain !== undefined && !/^(false|no|0)$/i.test(fields.certain)}
          className="size-4"
        />
        Leave out steps that depend on something
      </label>
    </div>
  )
}
