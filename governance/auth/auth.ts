// Sign-in by e-mail and password, and sessions: the login library, set up, and closed where commands rule.
import { betterAuth } from 'better-auth'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import { nextCookies } from 'better-auth/next-js'
import { admin } from 'better-auth/plugins'
import { env } from '@/env'
import { db } from '@/prisma/client'
import { APIError } from 'better-auth/api'
import { ACCESS_ENDED, whyShutOut } from './access-end'
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from './password'
import { afterSignIn, beforeSignIn } from './sign-in-record'

const BASE_PATH = '/api/auth'
const SESSION_SECONDS = 7 * 24 * 3600
/** Of one address. What one account takes, whatever the address, is in sign-in-record. */
const SIGN_INS = { window: 60, max: 10 }

/**
 * All of the library that answers over HTTP. Everything else it offers (roles, bans, sign-up) would go past
 * the commands: past their permissions and the activity log.
 */
const REACHABLE = new Set([
  'POST /sign-in/email',
  'POST /sign-out',
  'GET /get-session',
  'POST /change-password',
])

/** A browser may call this machine by any of these names. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

function origins(baseUrl: string): string[] {
  const url = new URL(baseUrl)
  if (!LOOPBACK.includes(url.hostname)) return [url.origin]
  return LOOPBACK.map((name) => `${url.protocol}//${name}${url.port ? `:${url.port}` : ''}`)
}

/** Asked when the password was right: nobody else is told. */
async function ensureStillMay({ userId }: { userId: string }): Promise<void> {
  const message = await whyShutOut(userId)
  if (message) throw new APIError('FORBIDDEN', { code: ACCESS_ENDED, message })
}

const make = () =>
  betterAuth({
    appName: 'Rollcall',
    baseURL: env.baseUrl,
    basePath: BASE_PATH,
    secret: env.authSecret,
    trustedOrigins: origins(env.baseUrl),
    telemetry: { enabled: false },
    logger: { level: 'error' },
    database: prismaAdapter(db, { provider: 'postgresql' }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH_MIN,
      maxPasswordLength: PASSWORD_LENGTH_MAX,
    },
    session: { expiresIn: SESSION_SECONDS },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 300,
      customRules: { '/sign-in/email': SIGN_INS, '/get-session': false },
    },
    advanced: {
      useSecureCookies: new URL(env.baseUrl).protocol === 'https:',
      cookiePrefix: 'rollcall',
      // Said, because the library leaves the check out in tests.
      disableOriginCheck: false,
    },
    hooks: { before: beforeSignIn, after: afterSignIn },
    databaseHooks: { session: { create: { before: ensureStillMay } } },
    plugins: [
      // Holds role and ban of a user. Its own idea of permissions is not used: core/permissions decides.
      admin({
        defaultRole: 'auditor',
        bannedUserMessage: 'This account has been deactivated. Ask an administrator.',
      }),
      nextCookies(),
    ],
  })

let made: ReturnType<typeof make> | undefined
/** Made when first used, so that a build needs no secrets. */
const library = () => (made ??= make())

export const auth = {
  get api() {
    return library().api
  },
  async handler(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url)
    const path = pathname.startsWith(`${BASE_PATH}/`) ? pathname.slice(BASE_PATH.length) : undefined
    if (!REACHABLE.has(`${request.method} ${path}`)) return nothing()
    const why = OF_SESSION.has(`${path}`) ? await whySessionEnded(request.headers) : undefined
    if (why) return Response.json({ code: ACCESS_ENDED, message: why }, { status: 401 })
    return library().handler(request)
  },
}

const nothing = () => Response.json({ code: 'not-found', message: 'There is nothing here.' }, { status: 404 })

/** What the library would answer by a session alone, which may be older than the end of the access. */
const OF_SESSION = new Set(['/get-session', '/change-password'])

async function whySessionEnded(headers: Headers): Promise<string | undefined> {
  const found = await library().api.getSession({ headers })
  return found ? whyShutOut(found.user.id) : undefined
}
