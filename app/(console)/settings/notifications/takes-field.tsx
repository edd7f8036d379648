'use client'
// Kinds of notices to choose among: what a channel takes, or what somebody wants to be told. An error stands beside it.
import { useForm } from '@/app/_form/action-form'

type Props = {
  options: { value: string; title: string }[]
  held: readonly string[]
  name?: string
  legend?: string
}
export function TakesField({ options, held, name = 'takes', legend = 'What goes there' }: Props) {
  const { state } = useForm()
  const error = state.issues?.find(({ path }) => path.startsWith(name))?.message
  return (
    <fieldset className="flex flex-col gap-1" aria-describedby={error ? `${name}-error` : undefined}>
      <legend className="mb-1 text-ui font-medium">{legend}</legend>
      {options.map(({ value, title }) => (
        <label key={value} className="flex items-center gap-2 text-ui">
          <input
            type="checkbox"
            name={name}
            value={value}
            defaultChecked={held.includes(value)}
            className="size-4"
          />
          {title}
        </label>
      ))}
      {error && (
        <p id={`${name}-error`} className="text-caption font-medium text-danger">
          {error}
        </p>
      )}
    </fieldset>
  )
}
