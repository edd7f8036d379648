'use client'
// Takes a file that is dropped anywhere on the page, which would be left for the file otherwise.
import { useEffect } from 'react'

/** @param take gets the first file, and how many there were */
export function useDroppedFile(take: (files: FileList) => void): void {
  useEffect(() => {
    const hold = (event: DragEvent) => event.preventDefault()
    const drop = (event: DragEvent) => {
      event.preventDefault()
      if (event.dataTransfer?.files.length) take(event.dataTransfer.files)
    }
    window.addEventListener('dragover', hold)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', hold)
      window.removeEventListener('drop', drop)
    }
  }, [take])
}
