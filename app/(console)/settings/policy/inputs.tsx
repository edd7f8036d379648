'use client'
// Fields of the editor, each for one place in the policy. An error stands by the place that it is about.
import { useId, type ReactNode } from 'react'
import { describedBy, Frame } from '@/app/_form/frame'
import { useEditor, useIssue } from './context'
import { pathName, type Path } from './draft'

type Common = { path: Path; label: string; hint?: ReactNode; className?: string }

function useField({ path, hint }: Pick<Common, 'path' | 'hint'>) {
  const id = useId()
  const { value, set, readOnly } = useEditor()
  const error = useIssue(path)
  const attributes = {
    id,
    name: pathName(path),
    disabled: readOnly,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': describedBy({ id, hint, error }),
  } as const
  return { id, value: value(path), set: (next: unknown) => set(path, next), error, attributes }
}

const shown = (value: unknown): string => (value === undefined || value === null ? '' : String(value))

type TextProps = Common & {
  type?: 'text' | 'date'
  placeholder?: string
  /** For numbers: shown after the field, and a keyboard of digits on phones. */
  unit?: string
  isNumber?: boolean
  /** An empty field is sent as an empty text, and not left out. */
  keepEmpty?: boolean
}
export function TextInput({ type = 'text', placeholder, unit, isNumber, keepEmpty, ...common }: TextProps) {
  const { id, value, set, error, attributes } = useField(common)
  return (
    <Frame {...common} {...{ id, error }}>
      <span className="flex items-center gap-2">
        <input
          {...attributes}
          type={type}
          inputMode={isNumber ? 'decimal' : undefined}
          value={shown(value)}
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => set(event.target.value === '' && !keepEmpty ? undefined : event.target.value)}
          className={`control min-w-0 ${isNumber ? 'w-24' : 'w-full'}`}
        />
        {unit && <span className="text-muted">{unit}</span>}
      </span>
    </Frame>
  )
}

export function SelectInput({
  options,
  ...common
}: Common & { options: readonly { value: string; title: string }[] }) {
  const { id, value, set, error, attributes } = useField(common)
  return (
    <Frame {...common} {...{ id, error }}>
      <select
        {...attributes}
        value={shown(value)}
        onChange={(event) => set(event.target.value || undefined)}
        className="control w-full"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.title}
          </option>
        ))}
      </select>
    </Frame>
  )
}

/** A list of texts, one a line. */
export function LinesInput({ placeholder, ...common }: Common & { placeholder?: string }) {
  const { id, value, set, error, attributes } = useField(common)
  const lines = Array.isArray(value) ? value.map(String) : []
  return (
    <Frame {...common} {...{ id, error }}>
      <textarea
        {...attributes}
        rows={Math.min(8, Math.max(2, lines.length))}
        value={lines.join('\n')}
        placeholder={placeholder}
        spellCheck={false}
        onChange={(event) => set(event.target.value === '' ? undefined : event.target.value.split('\n'))}
        className="control h-auto w-full py-1.5"
      />
    </Frame>
  )
}

export function CheckInput({
  path,
  label,
  on,
  onChange,
}: {
  path: Path
  label: string
  on: boolean
  onChange: (on: boolean) => void
}) {
  const id = useId()
  const { readOnly } = useEditor()
  return (
    <div className="flex items-center gap-2">
      <input
        id={id}
        name={pathName(path)}
        type="checkbox"
        checked={on}
        disabled={readOnly}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4"
      />
      <label htmlFor={id} className="text-ui font-medium">
        {label}
      </label>
    </div>
  )
}
