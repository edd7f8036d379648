'use client'
// The scopes that an auditor sees, to be ticked; none is everything.
import { useForm } from '@/app/_form/action-form'

type Props = { options: { value: string; title: string }[]; held: readonly string[]; more: boolean }

export function ScopesField({ options, held, more }: Props) {
  const { state } = useForm()
  const error = state.issues?.find(({ path }) => path.startsWith('scopes'))?.message
  return (
    <fieldset className="min-w-0" aria-describedby={error ? 'scopes-error' : 'scopes-hint'}>
      <legend className="text-ui">Sees these scopes and nothing else</legend>
      <p id="scopes-hint" className="mb-1 text-caption text-muted">
        None ticked: everything.{more ? ' Only the first are listed.' : ''}
      </p>
      <div className="flex max-h-56 flex-col gap-1.5 overflow-y-auto rounded-md border border-hairline p-2">
        {options.map(({ value, title }) => (
          <label key={value} className="flex items-start gap-2 text-ui">
            <input
              type="checkbox"
              name="scopes"
              value={value}
              defaultChecked={held.includes(value)}
              className="mt-0.5 size-4 shrink-0"
            />
            <span className="min-w-0 [overflow-wrap:anywhere]">{title}</span>
          </label>
        ))}
      </div>
      {error && (
        <p id="scopes-error" className="text-caption font-medium text-danger">
          {error}
        </p>
      )}
    </fieldset>
  )
}
