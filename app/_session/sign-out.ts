'use server'
// Ends this browser's session.
import { redirect } from 'next/navigation'
import { authRequest } from './auth-request'

export async function signOut(): Promise<void> {
  await authRequest('/sign-out', {})
  redirect('/sign-in')
}
