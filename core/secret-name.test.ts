// Names of variables that tell of a secret, and those that only look so.
import { expect, test } from 'vitest'
import { tellsOfSecret } from './secret-name'

test.each([
  ...[
    'PASSWORD',
    'DB_PASSWORD',
    'PGPASSWORD',
    'MYSQL_PWD',
    'SMTP_PASS',
    'DB_PASSWD',
    'KEY_PASSPHRASE',
    'SSHPASS',
  ],
  ...['SECRET', 'CLIENT_SECRET', 'NEXTAUTH_SECRET', 'SECRET_KEY_BASE', 'APP_SECRETS', 'PASSWORD_POSTGRES'],
  ...['TOKEN', 'GITHUB_TOKEN', 'AWS_SESSION_TOKEN', 'TOKEN_GITHUB', 'ACCESS_TOKEN_2'],
  ...[
    'API_KEY',
    'APIKEY',
    'STRIPE_API_KEY',
    'PRIVATE_KEY',
    'AWS_SECRET_ACCESS_KEY',
    'ENCRYPTION_KEY',
    'JWT_SIGNING_KEY',
  ],
  ...['AZURE_STORAGE_ACCOUNT_KEY', 'API_KEYS', 'SSH_KEY', 'DB_CREDENTIALS'],
  ...['CONNECTION_STRING', 'SERVICE_BUS_CONN_STR', 'ConnectionStrings__Default', 'connectionstring'],
  ...[
    'dbPassword',
    'apiKey',
    'clientsecret',
    'spring.datasource.password',
    'x-api-key',
    'DB_PASSWORD1',
    'OAuth2ClientSecret',
  ],
])('tells of a secret: %s', (name) => expect(tellsOfSecret(name)).toBe(true))

test.each([
  // Where it is and what it is called.
  ...[
    'TOKEN_URL',
    'SECRET_NAME',
    'PASSWORD_FILE',
    'DB_SECRET_ARN',
    'TOKEN_PATH',
    'SECRETS_DIR',
    'API_KEY_ID',
  ],
  ...[
    'AWS_ACCESS_KEY_ID',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'GOOGLE_APPLICATION_CREDENTIALS',
    'secretName',
    'VAULT_SECRET_PATH',
  ],
  ...[
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
    'AWS_SECRETS_MANAGER_ENDPOINT',
    'TOKEN_ENDPOINT',
    'SECRET_REF',
    'TOKEN_HEADER',
  ],
  // How it is made and used.
  ...[
    'TOKEN_TTL',
    'PASSWORD_MIN_LENGTH',
    'MAX_TOKENS',
    'TOKEN_LIMIT',
    'TOKEN_ISSUER',
    'USE_TOKEN',
    'PASSWORD_POLICY',
  ],
  ...['ENABLE_PASSWORD_LOGIN', 'TOKEN_EXPIRY_SECONDS', 'SECRET_VERSION', 'PASSWORD_HASH', 'REQUIRE_PASSWORD'],
  // Anybody may see it.
  ...['PUBLIC_KEY', 'JWT_PUBLIC_KEY', 'NEXT_PUBLIC_MAP_TOKEN', 'STRIPE_PUBLISHABLE_KEY'],
  // Other things.
  ...[
    'PWD',
    'OLDPWD',
    'PASS',
    'PASS_THROUGH',
    'BYPASS',
    'COMPASS_HOST',
    'PARTITION_KEY',
    'KEY',
    'SORT_KEY',
    'QUEUE',
  ],
  ...[
    'TOKENIZER',
    'SECRETARY',
    'DATABASE_URL',
    'LOG_LEVEL',
    'CONNECTION_POOL',
    'AWS_ROLE_ARN',
    '',
    '__',
    '42',
  ],
])('tells of none: %s', (name) => expect(tellsOfSecret(name)).toBe(false))
