// Asks once more before something is done that cannot be taken back. Opened by the browser itself, so it works without scripts.
import type { ReactNode } from 'react'
import { ActionForm } from '@/app/_form/action-form'
import type { FormAction } from '@/app/_form/form-state'
import { Submit } from '@/app/_form/submit'
import { buttonClass, type ButtonLook } from '@/app/_ui/button'

type Props = {
  name: string
  open: { title: string; look: ButtonLook }
  title: string
  children: ReactNode
  action: FormAction
  fields: Record<string, string>
  yes: { title: string; busy: string; look?: ButtonLook }
  no: string
}

export function Confirm({ name, open, title, children, action, fields, yes, no }: Props) {
  return (
    <>
      <button type="button" popoverTarget={name} className={buttonClass(open.look)}>
        {open.title}
      </button>
      <div
        id={name}
        popover="auto"
        role="dialog"
        aria-labelledby={`${name}-title`}
        className="fixed inset-auto top-24 left-1/2 z-50 m-0 max-h-[80dvh] w-120 max-w-[calc(100vw-24px)] -translate-x-1/2 overflow-y-auto rounded-lg border border-hairline bg-raised p-4 text-ui text-ink shadow-overlay"
      >
        <h2 id={`${name}-title`} className="text-section">
          {title}
        </h2>
        <ActionForm action={action} label={title} className="mt-2 flex flex-col gap-3">
          {Object.entries(fields).map(([field, value]) => (
            <input key={field} type="hidden" name={field} value={value} />
          ))}
          {children}
          <div className="flex flex-wrap justify-end gap-2">
            <button type="button" popoverTarget={name} popoverTargetAction="hide" className={buttonClass()}>
              {no}
            </button>
            <Submit look={yes.look} busy={yes.busy}>
              {yes.title}
            </Submit>
          </div>
        </ActionForm>
      </div>
    </>
  )
}
