'use client'
// What becomes of a part of what is open: one of two choices, neither of them chosen beforehand, with why.
import { useId } from 'react'
import { useForm } from '@/app/_form/action-form'
import { TextField } from '@/app/_form/field'
import { PersonField } from '@/app/_form/person-field'

const CHOICES = [
  {
    value: 'exception',
    title: 'Somebody answers for them',
    hint: 'They are recorded as exceptions under that person’s name. Nothing is kept or removed by it.',
  },
  { value: 'next', title: 'The next campaign asks again', hint: 'They are of no lower risk there.' },
]

type Props = {
  /** Of the fields, such as `choices.high`. */
  name: string
  title: string
  hint: string
  /** Somebody has to be named: asking again is no choice. */
  named?: boolean
}

function Choice({ name, at }: { name: string; at: (typeof CHOICES)[number] }) {
  const id = useId()
  const { state } = useForm()
  return (
    <div className="flex items-start gap-2">
      <input
        id={id}
        type="radio"
        name={`${name}.choice`}
        value={at.value}
        defaultChecked={state.values?.[`${name}.choice`] === at.value}
        aria-describedby={`${id}-hint`}
        className="mt-0.5 size-4 shrink-0"
      />
      <div>
        <label htmlFor={id} className="font-medium">
          {at.title}
        </label>
        <p id={`${id}-hint`} className="text-caption text-muted">
          {at.hint}
        </p>
      </div>
    </div>
  )
}

export function ChoicePart({ name, title, hint, named = false }: Props) {
  const id = useId()
  const { state } = useForm()
  const error = state.issues?.find(({ path }) => path === name || path === `${name}.choice`)?.message
  return (
    <fieldset
      aria-describedby={`${id}-hint ${id}-error`}
      className="group flex flex-col gap-3 rounded-lg border border-hairline px-4 py-3"
    >
      <legend className="px-1 font-medium">{title}</legend>
      <p id={`${id}-hint`} className="text-muted">
        {hint}
      </p>
      <p id={`${id}-error`} className="text-caption font-medium text-danger empty:hidden">
        {error}
      </p>
      {named ? (
        <input type="hidden" name={`${name}.choice`} value="exception" />
      ) : (
        CHOICES.map((at) => <Choice key={at.value} name={name} at={at} />)
      )}
      <PersonField
        name={`${name}.person`}
        label="Who answers for them"
        optional={false}
        required={named}
        className={named ? 'max-w-80' : 'hidden max-w-80 group-has-[input[value=exception]:checked]:flex'}
      />
      <TextField
        name={`${name}.reason`}
        label="Why"
        required
        maxLength={2000}
        autoComplete="off"
        className="max-w-120"
      />
    </fieldset>
  )
}
