'use client'
// A form over a server action. Works without scripts; with them nothing typed is lost and errors stand by their fields.
import {
  createContext,
  useActionState,
  useContext,
  useEffect,
  useRef,
  useState,
  startTransition,
  type ReactNode,
} from 'react'
import { announce } from '@/app/_ui/announce'
import { Notice } from '@/app/_ui/notice'
import type { FormAction, FormState } from './form-state'

type Context = {
  state: FormState
  pending: boolean
  /** The button that was pressed, by `buttonId`; unset where none was. */
  pressed: string | undefined
}
const FormContext = createContext<Context>({ state: {}, pending: false, pressed: undefined })
/** Tells the buttons of one form apart. */
export const buttonId = (name = '', value: unknown = ''): string => `${name}=${String(value)}`
export const useForm = () => useContext(FormContext)

type Props = {
  action: FormAction
  children: ReactNode
  className?: string
  /** Names the form for assistive technology. */
  label?: string
  /** Shown after success instead of the sentence alone. */
  quiet?: boolean
  /** Empty the fields once it worked. */
  resets?: boolean
}

/** The sentences that no field shows. */
function Outcome({ state, quiet }: { state: FormState; quiet: boolean }) {
  if (state.done && !quiet)
    return (
      <Notice role="status">
        <p>{state.done}</p>
      </Notice>
    )
  if (!state.message) return null
  return (
    <Notice
      role="alert"
      tone="danger"
      title={state.issues?.length ? 'Nothing was saved. Check these fields.' : state.message}
    >
      {!!state.issues?.length && (
        <ul className="mt-1 list-disc pl-4">
          {state.issues.map((issue) => (
            <li key={issue.path + issue.message}>
              {issue.path && (
                <span className="font-mono text-caption">{issue.path.replace(/^settings\./, '')}: </span>
              )}
              {issue.message}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  )
}

export function ActionForm({
  action,
  children,
  className = '',
  label,
  quiet = false,
  resets = false,
}: Props) {
  const [state, send, pending] = useActionState(action, {})
  const [pressed, setPressed] = useState<string>()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (state.done) {
      announce(state.done)
      if (resets) form.current?.reset()
    }
    if (state.message) {
      const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
      wrong?.focus()
    }
  }, [state, resets])
  return (
    <FormContext value={{ state, pending, pressed }}>
      <form
        ref={form}
        action={send}
        aria-label={label}
        aria-busy={pending}
        className={className}
        onSubmit={(event) => {
          // Sent by hand, because React empties a form that it sends itself.
          event.preventDefault()
          const { submitter } = event.nativeEvent as SubmitEvent
          const data = new FormData(event.currentTarget, submitter)
          setPressed(
            submitter instanceof HTMLButtonElement ? buttonId(submitter.name, submitter.value) : undefined,
          )
          startTransition(() => send(data))
        }}
      >
        <Outcome state={state} quiet={quiet} />
        {children}
      </form>
    </FormContext>
  )
}
