// Whether the name of a variable tells of a secret: one table for every source. What stands in it is never asked for.

/** Words that say it alone, wherever they stand in a name. */
const SECRETS = new Set(
  `PASSWORD PASSWORDS PASSWD PASSPHRASE PWD SECRET SECRETS TOKEN TOKENS CREDENTIAL CREDENTIALS CREDS SSHPASS`.split(
    ' ',
  ),
)
/** The same at the end of a word that is written without a break, such as `PGPASSWORD` and `clientsecret`. */
const SECRET_ENDINGS =
  /(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|APIKEY|PRIVATEKEY|SECRETKEY|ACCESSKEY|CONNECTIONSTRING)$/
/** A key that is one of these is to be kept, as others (`PUBLIC_KEY`, `PARTITION_KEY`) are not. */
const KEPT_KEYS = new Set(
  `ACCESS ACCOUNT API AUTH DECRYPTION DEPLOY ENCRYPTION HMAC JWT MASTER PRIVATE SECRET SESSION SHARED SIGNING SSH STORAGE`.split(
    ' ',
  ),
)
const KEYS = new Set(['KEY', 'KEYS'])
const CONNECTION = new Set(['CONNECTION', 'CONN'])
const STRINGS = new Set(['STRING', 'STRINGS', 'STR'])

/** Ends of names of what is told about a secret: where it is, what it is called, how long it lives. */
const ABOUT = new Set(
  [
    'ARN BUCKET DIR DIRECTORY ENDPOINT FILE FILENAME FOLDER HOST LOCATION MOUNT PATH PORT REGION SERVER URI URL',
    'ALIAS FIELD HEADER ID IDS KEYNAME LABEL NAME NAMES NAMESPACE PREFIX REF REFERENCE SUFFIX USER USERNAME',
    'AGE DAYS DURATION EXPIRATION EXPIRES EXPIRY HOURS INTERVAL LIFETIME MINUTES MS ROTATION SECONDS TIMEOUT TTL',
    'COUNT LENGTH LIMIT LIMITS MAX MIN SIZE',
    'ALG ALGORITHM ALGORITHMS BACKEND ENGINE FORMAT KIND MANAGER MODE POLICY PROVIDER SOURCE STORE TYPE VERSION',
    'AUD AUDIENCE ISSUER SCOPE SCOPES SUBJECT',
    'ALLOWED DISABLED ENABLED OPTIONAL REQUIRED',
    'CIPHERTEXT ENCRYPTED HASH HASHED',
  ].flatMap((line) => line.split(' ')),
)
/** Beginnings of names of what is done with secrets, and how many there may be. */
const HOW = new Set('ALLOW DISABLE ENABLE HAS IS MAX MIN NO REQUIRE SKIP USE'.split(' '))
/** Meant to be seen by anybody. */
const OPEN = new Set(['PUBLIC', 'PUBLISHABLE'])
/** Where a file is or a shell stands, though the name does not say so. */
const KNOWN_OTHERWISE = new Set(['GOOGLE_APPLICATION_CREDENTIALS', 'PWD', 'OLDPWD'])

/** `dbPassword2` → DB, PASSWORD: words in capitals, without what only counts them. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .map((word) => word.replace(/\d+$/, ''))
    .filter((word) => word !== '')

/**
 * Judged by the name alone: what is called so may hold something else, and what is called otherwise may hold a secret.
 * @example `DB_PASSWORD` and `apiKey` do; `TOKEN_URL`, `SECRET_NAME`, `PASSWORD_FILE` and `PUBLIC_KEY` do not
 */
export function tellsOfSecret(name: string): boolean {
  if (KNOWN_OTHERWISE.has(name.toUpperCase())) return false
  const words = wordsOf(name)
  const [first = '', last = ''] = [words[0], words.at(-1)]
  if (ABOUT.has(last) || HOW.has(first) || words.some((word) => OPEN.has(word))) return false
  return words.some((word, at) => {
    const before = words[at - 1] ?? ''
    if (SECRETS.has(word) || SECRET_ENDINGS.test(word)) return true
    // As the end of a name it is short for a password; elsewhere something is let through.
    if (word === 'PASS') return at > 0 && at === words.length - 1
    return (KEYS.has(word) && KEPT_KEYS.has(before)) || (STRINGS.has(word) && CONNECTION.has(before))
  })
}
