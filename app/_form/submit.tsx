'use client'
// The button that sends the form. Never disabled beforehand; while sending the one that was pressed says so.
import type { ComponentProps } from 'react'
import { buttonClass, type ButtonLook } from '@/app/_ui/button'
import { buttonId, useForm } from './action-form'

type Props = ComponentProps<'button'> & { look?: ButtonLook; busy?: string }
export function Submit({ look = 'primary', busy, children, className, ...rest }: Props) {
  const { pending, pressed } = useForm()
  const isBusy = pending && (pressed === undefined || pressed === buttonId(rest.name, rest.value))
  return (
    <button type="submit" aria-disabled={pending} {...rest} className={buttonClass(look, className)}>
      {isBusy && (busy ?? 'Working…')}
      {!isBusy && children}
    </button>
  )
}
