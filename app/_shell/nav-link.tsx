'use client'
// A place in the rail; the current one is marked by shape and word, not by colour alone.
import { Link } from '@/app/_ui/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

type Props = {
  /** The place: it is the current one on every page below it. */
  href: string
  to: string
  icon: ReactNode
  children: ReactNode
}
export function NavLink({ href, to, icon, children }: Props) {
  const path = usePathname()
  const current = href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`)
  return (
    <Link
      href={to}
      aria-current={current ? 'page' : undefined}
      className="relative flex h-8 items-center gap-2.5 rounded-md px-2.5 text-ui text-muted hover:bg-hover hover:text-ink aria-[current]:bg-hover aria-[current]:font-medium aria-[current]:text-ink aria-[current]:before:absolute aria-[current]:before:inset-y-1.5 aria-[current]:before:left-0 aria-[current]:before:w-0.5 aria-[current]:before:rounded-full aria-[current]:before:bg-accent pointer-coarse:h-11"
    >
      {icon}
      {children}
    </Link>
  )
}
