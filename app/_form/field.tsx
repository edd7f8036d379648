'use client'
// A labelled field with its hint and its error beside it.
import { useId, type ComponentProps, type ReactNode } from 'react'
import { useForm } from './action-form'
import { describedBy, Frame, Notes } from './frame'

type Common = {
  name: string
  label: string
  hint?: ReactNode
  className?: string
  /** Whether it is told to be optional; unset: where it is not required. */
  optional?: boolean
}

/** The parts every field has: ids, the error that belongs to it, and what was typed before. */
function useField(name: string, hint: ReactNode) {
  const id = useId()
  const { state } = useForm()
  const error = state.issues?.find((issue) => issue.path === name)?.message
  return { id, error, describes: describedBy({ id, hint, error }), typed: state.values?.[name] }
}

export function TextField({
  name,
  label,
  hint,
  className,
  optional,
  defaultValue,
  ...rest
}: Common & Omit<ComponentProps<'input'>, 'name'>) {
  const { id, error, describes, typed } = useField(name, hint)
  return (
    <Frame {...{ id, label, hint, error, className }} optional={optional ?? !rest.required}>
      <input
        {...rest}
        id={id}
        name={name}
        defaultValue={typed ?? defaultValue}
        aria-invalid={error ? true : undefined}
        aria-describedby={describes}
        className="control w-full"
      />
    </Frame>
  )
}

export function TextArea({
  name,
  label,
  hint,
  className,
  optional,
  defaultValue,
  ...rest
}: Common & Omit<ComponentProps<'textarea'>, 'name'>) {
  const { id, error, describes, typed } = useField(name, hint)
  return (
    <Frame {...{ id, label, hint, error, className }} optional={optional ?? !rest.required}>
      <textarea
        rows={3}
        {...rest}
        id={id}
        name={name}
        defaultValue={typed ?? defaultValue}
        aria-invalid={error ? true : undefined}
        aria-describedby={describes}
        className="control h-auto w-full py-1.5"
      />
    </Frame>
  )
}

type SelectProps = Common &
  Omit<ComponentProps<'select'>, 'name'> & { options: readonly { value: string; title: string }[] }
export function SelectField({
  name,
  label,
  hint,
  className,
  optional = false,
  defaultValue,
  options,
  ...rest
}: SelectProps) {
  const { id, error, describes, typed } = useField(name, hint)
  return (
    <Frame {...{ id, label, hint, error, className }} optional={optional}>
      <select
        {...rest}
        id={id}
        name={name}
        key={typed}
        defaultValue={typed ?? defaultValue}
        aria-invalid={error ? true : undefined}
        aria-describedby={describes}
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

export function CheckField({ name, label, hint, defaultChecked }: Common & { defaultChecked?: boolean }) {
  const { id, error, describes } = useField(name, hint)
  const { values } = useForm().state
  return (
    <div className="flex items-start gap-2">
      <input
        id={id}
        name={name}
        type="checkbox"
        value="true"
        defaultChecked={values ? values[name] !== undefined : defaultChecked}
        aria-describedby={describes}
        className="mt-0.5 size-4"
      />
      <div>
        <label htmlFor={id} className="text-ui font-medium">
          {label}
        </label>
        <Notes {...{ id, hint, error }} />
      </div>
    </div>
  )
}
