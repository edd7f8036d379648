'use client'
// A button that opens one of the shell's dialogs; the browser gives the focus back to it afterwards.
import type { ReactNode } from 'react'

export const openDialog = (id: string) => {
  const dialog = document.getElementById(id)
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal()
}

export function OpenDialog(props: {
  dialog: string
  label?: string
  className?: string
  children: ReactNode
}) {
  return (
    <button
      type="button"
      aria-label={props.label}
      aria-haspopup="dialog"
      onClick={() => openDialog(props.dialog)}
      className={`inline-flex h-8 items-center justify-center rounded-md text-ui hover:bg-hover pointer-coarse:h-11 ${props.className ?? ''}`}
    >
      {props.children}
    </button>
  )
}
