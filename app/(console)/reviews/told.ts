'use server'
// That somebody has read what is measured while they decide.
import { refresh } from 'next/cache'
import { requireActor } from '@/app/_session/actor'
import { setTold } from './told-cookie'

export async function noteTold(): Promise<void> {
  await requireActor('review:decide')
  await setTold()
  refresh()
}
