'use client'
// The five options: the same size, the same weight, none chosen beforehand. What was chosen is sent back where a browser reloads.
import { useForm } from '@/app/_form/action-form'

export type Option = {
  value: string
  title: string
  means: string
  /** What it has to bring, told before it is chosen. */
  needs: string
}

export function Choices({ name, legend, options }: { name: string; legend: string; options: Option[] }) {
  const { state } = useForm()
  const error = state.issues?.find(({ path }) => path === name)?.message
  const typed = state.values?.[name]
  return (
    <fieldset
      role="radiogroup"
      tabIndex={-1}
      aria-invalid={error ? true : undefined}
      aria-describedby={error ? `${name}-error` : undefined}
    >
      <legend className="mb-1.5 text-section font-semibold">{legend}</legend>
      <div className="grid auto-rows-fr grid-cols-[repeat(auto-fit,minmax(10.5rem,1fr))] gap-2 max-sm:grid-cols-1">
        {options.map(({ value, title, means, needs }, at) => (
          <label
            key={value}
            className="flex cursor-pointer items-start gap-2 rounded-lg border border-control px-3 py-2 hover:bg-hover has-checked:border-accent has-checked:bg-selected has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus"
          >
            <input
              type="radio"
              name={name}
              value={value}
              defaultChecked={typed === value}
              data-shortcut={at + 1}
              className="mt-0.5 size-4 shrink-0 scroll-mb-24 outline-none"
            />
            <span className="min-w-0">
              <span className="font-medium">{title}</span>
              <span className="block text-caption text-muted">{means}</span>
              {needs && <span className="mt-0.5 block text-caption">{needs}</span>}
            </span>
          </label>
        ))}
      </div>
      {error && (
        <p id={`${name}-error`} className="mt-1 text-caption font-medium text-danger">
          {error}
        </p>
      )}
    </fieldset>
  )
}

type Check = { value: string; title: string }
/** What is taken away: named one by one. */
export function Drops({
  name,
  legend,
  hint,
  options,
}: {
  name: string
  legend: string
  hint: string
  options: Check[]
}) {
  return (
    <fieldset>
      <legend className="text-ui font-medium">{legend}</legend>
      <p className="mb-1 text-caption text-muted">{hint}</p>
      {options.map(({ value, title }) => (
        <label key={value} className="flex min-h-7 items-center gap-2 py-0.5">
          <input type="checkbox" name={name} value={value} className="size-4 shrink-0 scroll-mb-24" />
          <span className="[overflow-wrap:anywhere]">{title}</span>
        </label>
      ))}
    </fieldset>
  )
}
