'use client'
// The button that sends the form. Never disabled beforehand; while sending it says so.
import type { ComponentProps } from 'react'
import { buttonClass, type ButtonLook } from '@/app/_ui/button'
import { useForm } from './action-form'

type Props = ComponentProps<'button'> & { look?: ButtonLook; busy?: string }
export function Submit({ look = 'primary', busy, children, className, ...rest }: Props) {
  const { pending } = useForm()
  return (
    <button type="submit" aria-disabled={pending} {...rest} className={buttonClass(look, className)}>
      {pending && (busy ?? 'Working…')}
      {!pending && children}
    </button>
  )
}
