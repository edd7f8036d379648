// Whether this browser has been told what is measured while somebody decides. Kept for a year.
import { cookies } from 'next/headers'
import { env } from '@/env'

const YEAR_SECONDS = 365 * 24 * 60 * 60
const NAME = 'rollcall-review-told'

export const wasTold = async (): Promise<boolean> => (await cookies()).has(NAME)

export async function setTold(): Promise<void> {
  const secure = env.baseUrl.startsWith('https:')
  const jar = await cookies()
  jar.set(NAME, 'yes', { maxAge: YEAR_SECONDS, path: '/', sameSite: 'lax', httpOnly: true, secure })
}
