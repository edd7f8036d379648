// The parts of a question: labelled, with a hint, and with what is wrong and how to mend it beside them.
import type { ComponentProps, ReactNode } from 'react'
import { count } from '@/app/_inventory/words'
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

type ChoiceProps = {
  name: string
  label: string
  usual: number
  choices: readonly number[]
  words: (n: number) => string
  value?: string
}
/** One number of a few; another one that stands in the address is kept. */
export function Choice({ name, label, usual, choices, words, value }: ChoiceProps) {
  const given = Number(value)
  const all = choices.includes(given) || !Number.isInteger(given) || given < 1 ? choices : [...choices, given]
  return (
    <label className="inline-flex items-center gap-2">
      <span className="font-medium">{label}</span>
      <select
        name={name}
        defaultValue={all.includes(given) ? given : usual}
        data-usual={usual}
        className="control"
      >
        {all.map((n) => (
          <option key={n} value={n}>
            {words(n)}
          </option>
        ))}
      </select>
    </label>
  )
}

export function Flag({ name, value, children }: { name: string; value?: string; children: ReactNode }) {
  return (
    <label className="inline-flex min-h-6 items-center gap-2">
      <input
        type="checkbox"
        name={name}
        value="true"
        defaultChecked={value !== undefined && !/^(false|no|0)$/i.test(value)}
        className="size-4"
      />
      {children}
    </label>
  )
}

type BoundsProps = { hops: number; most: number; fields: Record<string, string>; children?: ReactNode }
export function Bounds({ hops, most, fields, children }: BoundsProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
      <Choice
        name="hops"
        label="At most"
        usual={hops}
        choices={Array.from({ length: most }, (_, i) => i + 1)}
        words={(n) => count(n, 'step')}
        value={fields.hops}
      />
      {children}
      <Flag name="certain" value={fields.certain}>
        Leave out steps that depend on something
      </Flag>
    </div>
  )
}

export const Days = ({ value }: { value?: string }) => (
  <Choice
    name="days"
    label="Used within"
    usual={90}
    choices={[30, 90, 180, 400]}
    words={(n) => count(n, 'day')}
    value={value}
  />
)
