'use client'
// A field for somebody of the directory, by their address. Browsers offer those that `DirectoryList` puts on the page.
import type { ComponentProps } from 'react'
import { TextField } from './field'

export const DIRECTORY = 'directory'

export function PersonField({ hint, ...rest }: ComponentProps<typeof TextField>) {
  return (
    <TextField
      {...rest}
      hint={hint ?? 'An address of the directory.'}
      list={DIRECTORY}
      maxLength={300}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
    />
  )
}

/** Once on a page that asks for people. */
export function DirectoryList({ people }: { people: { name: string; address: string }[] }) {
  return (
    <datalist id={DIRECTORY}>
      {people.map(({ name, address }) => (
        <option key={address} value={address}>
          {name}
        </option>
      ))}
    </datalist>
  )
}
