'use client'
// A GET form that works without scripts. With them the address stays short, waiting shows, and what is wrong gets the focus.
import { useEffect, useRef, useTransition, type ReactNode } from 'react'
import { announce } from '@/app/_ui/announce'
import { buttonClass } from '@/app/_ui/button'
import { useGo } from '@/app/_ui/use-go'

type Props = {
  question: string
  label: string
  /** What stands in the address; fields follow it when it changes by a link or by going back. */
  fields: Readonly<Record<string, string>>
  /** The answer in a few words, said once to assistive technology. */
  outcome?: string
  children: ReactNode
}

/** The address of what stands in a form: empty fields are left out. */
function addressOf(form: HTMLFormElement): string {
  const query = new URLSearchParams()
  for (const [name, value] of new FormData(form))
    if (typeof value === 'string' && value.trim()) query.set(name, value.trim())
  return `/access?${query.toString().replaceAll('%3A', ':').replaceAll('%2F', '/')}`
}

function fill(form: HTMLFormElement, fields: Props['fields']): void {
  for (const element of form.elements) {
    if (element instanceof HTMLInputElement && element.type === 'checkbox')
      element.checked = fields[element.name] !== undefined
    else if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
      if (element.type !== 'hidden') element.value = fields[element.name] ?? ''
    } else if (element instanceof HTMLSelectElement)
      element.value = fields[element.name] ?? element.dataset.usual ?? element.value
  }
}

export function AskForm({ question, label, fields, outcome, children }: Props) {
  const form = useRef<HTMLFormElement>(null)
  const [waiting, start] = useTransition()
  const go = useGo()
  const shown = JSON.stringify(fields)
  const filled = useRef(shown)
  useEffect(() => {
    if (filled.current === shown || !form.current) return
    filled.current = shown
    fill(form.current, JSON.parse(shown) as Props['fields'])
  }, [shown])
  useEffect(() => {
    if (!outcome) return
    announce(outcome)
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [outcome, shown])
  return (
    <form
      ref={form}
      method="get"
      action="/access"
      aria-label={label}
      aria-busy={waiting}
      className="flex flex-col gap-3 rounded-lg border border-hairline bg-surface p-4 print:hidden"
      onSubmit={(event) => {
        event.preventDefault()
        const href = addressOf(event.currentTarget)
        start(() => go(href, { scroll: false }))
      }}
    >
      <input type="hidden" name="question" value={question} />
      {children}
      <div className="flex flex-wrap items-center gap-3">
        <button type="submit" className={buttonClass('primary')}>
          {waiting ? 'Asking …' : 'Ask'}
        </button>
        {waiting && (
          <p role="status" className="text-muted">
            The answer is being worked out.
          </p>
        )}
      </div>
    </form>
  )
}
