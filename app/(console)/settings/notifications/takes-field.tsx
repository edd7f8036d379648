'use client'
// Which kinds of notices a channel takes. An error stands beside it.
import { useForm } from '@/app/_form/action-form'

type Props = { options: { value: string; title: string }[]; held: readonly string[] }
export function TakesField({ options, held }: Props) {
  const { state } = useForm()
  const error = state.issues?.find(({ path }) => path.startsWith('takes'))?.message
  return (
    <fieldset className="flex flex-col gap-1" aria-describedby={error ? 'takes-error' : undefined}>
      <legend className="mb-1 text-ui font-medium">What goes there</legend>
      {options.map(({ value, title }) => (
        <label key={value} className="flex items-center gap-2 text-ui">
          <input
            type="checkbox"
            name="takes"
            value={value}
            defaultChecked={held.includes(value)}
            className="size-4"
          />
          {title}
        </label>
      ))}
      {error && (
        <p id="takes-error" className="text-caption font-medium text-danger">
          {error}
        </p>
      )}
    </fieldset>
  )
}
