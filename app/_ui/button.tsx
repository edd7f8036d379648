// Buttons and links that look like buttons. One primary action a page.
import { Link } from '@/app/_ui/link'
import type { ComponentProps } from 'react'

export type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger'
const LOOKS: Record<ButtonLook, string> = {
  primary: 'bg-accent text-on-accent border-accent font-medium hover:brightness-110',
  plain: 'bg-bg text-ink border-control hover:bg-hover',
  quiet: 'bg-transparent text-ink border-transparent hover:bg-hover',
  danger: 'bg-bg text-danger border-danger font-medium hover:bg-hover',
}
/** The classes of a button, for elements that cannot be this component. */
export const buttonClass = (look: ButtonLook = 'plain', extra = '') =>
  `inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-md border px-3 text-ui whitespace-nowrap no-underline transition-colors duration-150 pointer-coarse:h-11 disabled:cursor-not-allowed disabled:opacity-60 ${LOOKS[look]} ${extra}`

export function Button({ look, className, ...rest }: ComponentProps<'button'> & { look?: ButtonLook }) {
  return <button type="button" {...rest} className={buttonClass(look, className)} />
}

export function ButtonLink({
  look,
  className,
  ...rest
}: ComponentProps<typeof Link> & { look?: ButtonLook }) {
  return <Link {...rest} className={buttonClass(look, className)} />
}
