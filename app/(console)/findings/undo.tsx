'use client'
// Says what was done to findings, and takes it back.
import { useState, useTransition } from 'react'
import { useForm } from '@/app/_form/action-form'
import type { FormState } from '@/app/_form/form-state'
import { announce } from '@/app/_ui/announce'
import { Button } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { undo } from './actions'

function UndoOne({ done, actId }: { done: string; actId?: string }) {
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

/** Beside the form that did it: the last thing done, until the next. */
export function Undo() {
  const { state } = useForm()
  if (!state.done) return null
  const actId = typeof state.result === 'string' ? state.result : undefined
  return <UndoOne key={actId ?? state.done} done={state.done} actId={actId} />
}
