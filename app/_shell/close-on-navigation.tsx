'use client'
// Closes a popover of the shell when the page changes under it.
import { usePathname } from 'next/navigation'
import { useEffect } from 'react'

export function CloseOnNavigation({ id }: { id: string }) {
  const path = usePathname()
  useEffect(() => {
    const element = document.getElementById(id)
    if (element?.matches(':popover-open')) element.hidePopover()
  }, [path, id])
  return null
}
