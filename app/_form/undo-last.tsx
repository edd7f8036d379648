'use client'
// Says what was done, and takes it back.
import { useState, useTransition } from 'react'
import { useForm } from '@/app/_form/action-form'
import type { FormAction, FormState } from '@/app/_form/form-state'
import { announce } from '@/app/_ui/announce'
import { Button } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'

type Props = { undo: FormAction }

function UndoOne({ done, actId, undo }: Props & { done: string; actId?: string }) {
  const [after, setAfter] = useState<FormState>({})
  const [pending, start] = useTransition()
  const takeBack = () =>
    start(async () => {
      const form = new FormData()
      form.set('actId', actId ?? '')
      const state = await undo({}, form)
      announce(state.done ?? state.message ?? '')
      setAfter(state)
    })
  const over = after.done !== undefined || actId === undefined
  return (
    <Notice
      role="status"
      tone={after.message ? 'danger' : 'info'}
      title={after.done ?? after.message ?? done}
      actions={
        !over && (
          <Button onClick={takeBack} aria-disabled={pending}>
            Undo
          </Button>
        )
      }
    />
  )
}

/** Beside the form that did it: the last thing done, until the next. The form's result is the act. */
export function UndoLast({ undo }: Props) {
  const { state } = useForm()
  if (!state.done) return null
  const actId = typeof state.result === 'string' ? state.result : undefined
  return <UndoOne key={actId ?? state.done} done={state.done} actId={actId} undo={undo} />
}
