// The field for the password of whoever is signed in, in a form whose action runs its command by `confirmedRun`.
import { TextField } from '@/app/_form/field'

export function PasswordAgain({ name, email }: { name: string; email?: string | undefined }) {
  return (
    <>
      {/* Tells a password manager whose password it is. */}
      <input
        type="text"
        name="username"
        value={email ?? name}
        autoComplete="username"
        readOnly
        hidden
        aria-hidden
      />
      <TextField
        name="password"
        label="Your password, again"
        hint={`You are signed in as ${name}. It is asked for because your name will stand beside this.`}
        type="password"
        required
        autoComplete="current-password"
      />
    </>
  )
}
