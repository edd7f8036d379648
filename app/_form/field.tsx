'use client'
// A labelled field with its hint and its error beside it.
import { useId, type ComponentProps, type ReactNode } from 'react'
import { useForm } from './action-form'

type Common = { name: string; label: string; hint?: ReactNode; className?: string }

/** The parts every field has: ids, the error that belongs to it, and what was typed before. */
function useField(name: string, hint: ReactNode) {
  const id = useId()
  const { state } = useForm()
  const error = state.issues?.find((issue) => issue.path === name)?.message
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
  return { id, error, describedBy, typed: state.values?.[name] }
}

type FrameProps = {
  id: string
  label: string
  hint?: ReactNode
  error?: string
  optional: boolean
  children: ReactNode
  className?: string
}
function Frame({ id, label, hint, error, optional, children, className = '' }: FrameProps) {
  return (
    <div className={`flex min-w-0 flex-col gap-1 ${className}`}>
      <label htmlFor={id} className="text-ui font-medium">
        {label} {optional && <span className="font-normal text-muted">(optional)</span>}
      </label>
      {children}
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
    </div>
  )
}

export function TextField({
  name,
  label,
  hint,
  className,
  defaultValue,
  ...rest
}: Common & Omit<ComponentProps<'input'>, 'name'>) {
  const { id, error, describedBy, typed } = useField(name, hint)
  return (
    <Frame {...{ id, label, hint, error, className }} optional={!rest.required}>
      <input
        {...rest}
        id={id}
        name={name}
        defaultValue={typed ?? defaultValue}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy}
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
  defaultValue,
  ...rest
}: Common & Omit<ComponentProps<'textarea'>, 'name'>) {
  const { id, error, describedBy, typed } = useField(name, hint)
  return (
    <Frame {...{ id, label, hint, error, className }} optional={!rest.required}>
      <textarea
        rows={3}
        {...rest}
        id={id}
        name={name}
        defaultValue={typed ?? defaultValue}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy}
        className="control h-auto w-full py-1.5"
      />
    </Frame>
  )
}

type SelectProps = Common &
  Omit<ComponentProps<'select'>, 'name'> & { options: readonly { value: string; title: string }[] }
export function SelectField({ name, label, hint, className, defaultValue, options, ...rest }: SelectProps) {
  const { id, error, describedBy, typed } = useField(name, hint)
  return (
    <Frame {...{ id, label, hint, error, className }} optional={false}>
      <select
        {...rest}
        id={id}
        name={name}
        key={typed}
        defaultValue={typed ?? defaultValue}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy}
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
  const { id, error, describedBy } = useField(name, hint)
  return (
    <div className="flex items-start gap-2">
      <input
        id={id}
        name={name}
        type="checkbox"
        value="true"
        defaultChecked={defaultChecked}
        aria-describedby={describedBy}
        className="mt-0.5 size-4"
      />
      <div>
        <label htmlFor={id} className="text-ui font-medium">
          {label}
        </label>
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
      </div>
    </div>
  )
}
