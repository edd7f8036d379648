'use client'
// A date and a time to show. Without scripts the date alone is sent, which means its end.
import { usePathname, useSearchParams } from 'next/navigation'
import { useId, useRef, useState, type ComponentProps } from 'react'
import { useAddressMoment } from '@/app/_ui/address-moment'
import { buttonClass } from '@/app/_ui/button'
import { atOtherMoment } from '@/app/_ui/keep-moment'
import { secondWords } from '@/app/_ui/moment-words'
import { useGo } from '@/app/_ui/use-go'
import { typedMoment } from './past-choices'

/** What to begin with: the end of a day is what an empty field means. */
const timeOf = (valid = '') => (valid.endsWith('T23:59:59.999Z') ? '' : valid.slice(11, 19))

function Field({ label, ...rest }: ComponentProps<'input'> & { label: string }) {
  return (
    <label className="flex min-w-0 flex-col gap-1 font-medium">
      {label}
      <input {...rest} className="control w-full" />
    </label>
  )
}

/** What is typed, what is wrong with it, and where it leads. */
function useTyped(close: () => void) {
  const go = useGo()
  const [path, search] = [usePathname(), useSearchParams()]
  const [wrong, setWrong] = useState<string>()
  const time = useRef<HTMLInputElement>(null)
  const submit = (form: FormData) => {
    const typed = typedMoment(String(form.get('asOf') ?? ''), time.current?.value ?? '', new Date())
    setWrong('wrong' in typed ? typed.wrong : undefined)
    if ('wrong' in typed) return
    close()
    go(atOtherMoment(path, search.toString(), typed), { toMoment: true })
  }
  return { path, time, wrong, submit }
}

export function AsOfForm({ begins, close }: { begins?: string; close: () => void }) {
  const id = useId()
  const valid = useAddressMoment()?.valid
  const { path, time, wrong, submit } = useTyped(close)
  return (
    <form
      method="get"
      action={path}
      aria-label="Show an earlier moment"
      className="flex flex-col gap-2 p-2.5"
      onSubmit={(event) => {
        event.preventDefault()
        submit(new FormData(event.currentTarget))
      }}
    >
      <div key={valid} className="grid grid-cols-2 gap-2">
        <Field
          label="Date"
          type="date"
          name="asOf"
          required
          min={begins?.slice(0, 10)}
          defaultValue={valid?.slice(0, 10)}
          aria-invalid={wrong ? true : undefined}
          aria-describedby={`${id}-hint ${wrong ? `${id}-wrong` : ''}`}
        />
        <Field
          label="Time in UTC"
          ref={time}
          type="time"
          step={1}
          defaultValue={timeOf(valid)}
          aria-describedby={`${id}-hint`}
        />
      </div>
      <p id={`${id}-hint`} className="text-caption text-muted">
        Without a time: the end of the day.
        {begins && ` The past is kept since ${secondWords(begins)}.`}
      </p>
      {wrong && (
        <p id={`${id}-wrong`} role="alert" className="text-caption font-medium text-danger">
          {wrong}
        </p>
      )}
      <button type="submit" className={buttonClass('primary')}>
        Show this moment
      </button>
    </form>
  )
}
