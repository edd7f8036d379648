// Turns "there is none" and "that is no id" into the page that says so.
import { notFound } from 'next/navigation'
import { RollcallError } from '@/core/errors'

export async function orNotFound<T>(read: Promise<T>): Promise<T> {
  try {
    return await read
  } catch (error) {
    if (error instanceof RollcallError && (error.code === 'not-found' || error.code === 'invalid')) notFound()
    throw error
  }
}
