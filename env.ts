// The only reader of the environment. Everything else is a setting in the database.
import { z } from 'zod'

const Env = z.object({
  DATABASE_URL: z.string().min(1).default('postgresql://postgres@127.0.0.1:54329/rollcall'),
  BASE_URL: z.url().default('http://localhost:3000'),
  /** Signs sessions. */
  AUTH_SECRET: z.string().min(32),
  /** Encrypts the settings of connections: 32 bytes, base64url. */
  ENCRYPTION_KEY: z.base64url().length(43),
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  /** Where packs of evidence are kept: the web server and the workers have to share it. */
  PACKS_FOLDER: z.string().min(1).default('.data/packs'),
  /** Below which packs may be delivered to folders. Left out: to none. */
  DELIVERIES_FOLDER: z.string().min(1).optional(),
  /** A key of the customer's own that packs are signed with: a PEM file, PKCS#8, Ed25519. */
  PACK_KEY_FILE: z.string().min(1).optional(),
  /** The name of the person at the command line, for the activity log. */
  USER: z.string().optional(),
})

const read = <K extends keyof z.infer<typeof Env>>(name: K): z.infer<typeof Env>[K] => {
  const parsed = Env.shape[name].safeParse(process.env[name])
  if (!parsed.success) throw new Error(`${name}: ${parsed.error.issues[0]?.message ?? 'not valid'}`)
  return parsed.data as z.infer<typeof Env>[K]
}

/** Read when used, so that a build needs no secrets and a test can set its own. */
export const env = {
  get databaseUrl() {
    return read('DATABASE_URL')
  },
  get baseUrl() {
    return read('BASE_URL')
  },
  get authSecret() {
    return read('AUTH_SECRET')
  },
  get encryptionKey() {
    return read('ENCRYPTION_KEY')
  },
  get production() {
    return read('NODE_ENV') === 'production'
  },
  get packsFolder() {
    return read('PACKS_FOLDER')
  },
  get deliveriesFolder() {
    return read('DELIVERIES_FOLDER')
  },
  get packKeyFile() {
    return read('PACK_KEY_FILE')
  },
  get userName() {
    return read('USER') ?? 'operator'
  },
}
